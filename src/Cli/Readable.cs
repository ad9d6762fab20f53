using System.Text;

namespace DuskStack.Cli;

/// <summary>Bytes of a file for a terminal.</summary>
internal static class Readable
{
    /// <param name="bytewise">One character per byte.</param>
    /// <returns>As UTF-8; what is none becomes the replacement character, and control characters, which could steer the terminal, become visible.</returns>
    public static string Of(string bytewise) => string.Concat(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytewise))
        .Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? c == '\r' ? "" : $"\\u{(int)c:X4}" : c.ToString()));
}
