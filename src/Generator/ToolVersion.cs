using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace DuskStack;

/// <summary>A version of the tool or of its templates, ordered as semantic versions are: <c>1.4.0-preview.2</c> comes before <c>1.4.0</c>.</summary>
public sealed partial record ToolVersion : IComparable<ToolVersion>
{
    private readonly Version core;
    private readonly string[] preview;

    private ToolVersion(Version core, string preview)
    {
        this.core = core;
        this.preview = preview.Length == 0 ? [] : preview.Split('.');
        Text = preview.Length == 0 ? core.ToString(3) : $"{core.ToString(3)}-{preview}";
    }

    /// <summary>Of this build: the tool, its library and its template package have one version.</summary>
    public static ToolVersion Current { get; } = Parse(typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    /// <summary>Without build metadata, so that two builds of one version are the same.</summary>
    public string Text { get; }

    public static ToolVersion? TryParse(string? text)
    {
        var match = Form().Match(text ?? "");
        return match.Success && Version.TryParse(match.Groups["core"].Value, out var core) ? new(core, match.Groups["preview"].Value) : null;
    }

    public static ToolVersion Parse(string text) => TryParse(text) ?? throw new FormatException($"`{text}` is not a version.");

    public int CompareTo(ToolVersion? other)
    {
        if (other is null)
            return 1;

        var byCore = core.CompareTo(other.core);
        if (byCore != 0)
            return byCore;

        if (preview.Length == 0 || other.preview.Length == 0)
            return other.preview.Length.CompareTo(preview.Length);

        var byPart = preview.Zip(other.preview, ComparePart).FirstOrDefault(c => c != 0);
        return byPart != 0 ? byPart : preview.Length.CompareTo(other.preview.Length);
    }

    public bool IsNewerThan(ToolVersion other) => CompareTo(other) > 0;

    public bool Equals(ToolVersion? other) => Text == other?.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    public static bool operator <(ToolVersion left, ToolVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ToolVersion left, ToolVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ToolVersion left, ToolVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ToolVersion left, ToolVersion right) => left.CompareTo(right) >= 0;

    // Numbers come before words, and among themselves by value.
    private static int ComparePart(string left, string right) =>
        (int.TryParse(left, NumberStyles.None, null, out var a), int.TryParse(right, NumberStyles.None, null, out var b)) switch
        {
            (true, true) => a.CompareTo(b),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right),
        };

    [GeneratedRegex(@"^(?<core>\d+\.\d+\.\d+)(-(?<preview>[0-9A-Za-z.-]+))?(\+.*)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
