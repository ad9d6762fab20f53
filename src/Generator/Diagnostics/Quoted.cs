using System.Globalization;
using System.Text;

namespace DuskStack.Diagnostics;

/// <summary>Puts text that a person wrote into a message, so that it can neither flood nor steer a terminal.</summary>
public static class Quoted
{
    private const int Longest = 60;

    /// <summary>The text in backticks, cut after 60 characters, control characters written as <c>\u0007</c>.</summary>
    public static string Text(string text) => $"`{Printable(text.Length > Longest ? $"{text[..Longest]}…" : text)}`";

    /// <summary>The text on one line: control characters, line ends and half surrogates written as <c>\u000A</c>.</summary>
    public static string Printable(string text)
    {
        if (text.All(IsPrintable)) return text;
        var printable = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                printable.Append(text[i]).Append(text[++i]);
            else if (IsPrintable(text[i]))
                printable.Append(text[i]);
            else
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
        }

        return printable.ToString();
    }

    // Format characters include those that turn the direction of writing, which make a line read otherwise than it is.
    internal static bool IsPrintable(char character) => char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
