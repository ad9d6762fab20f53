using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary>The names that a manifest gives to things. They land in file names, hosts and shell scripts, so none needs quoting anywhere.</summary>
internal static class NameTypes
{
    private const string LongestNames = "[a-z][a-z0-9-]{0,38}";

    public static readonly TextType Project = Name("a name of lower-case letters, digits and `-`, starting with a letter, at most 39 characters", LongestNames, '-');

    public static readonly TextType Service = Name("a service name of lower-case letters, digits and `-`, starting with a letter, at most 39 characters", LongestNames, '-');

    public static readonly TextType Volume = Name("a volume name of lower-case letters, digits, `-` and `_`, starting with a letter, 2 to 39 characters", "[a-z][a-z0-9_-]{1,38}", '_');

    /// <summary>Of a variable, a build argument or a secret.</summary>
    public static readonly TextType Variable = new("a name of letters, digits and `_`, not starting with a digit", "[A-Za-z_][A-Za-z0-9_]*")
    {
        Code = DiagnosticCodes.BadName,
        MaxLength = 128,
        Advice = written => written.Contains('=', StringComparison.Ordinal) ? $"write name and value as a key and its value: {Quoted.Text(written.Replace("=", ": ", StringComparison.Ordinal))}" : null,
        WhenNotText = "name only the variable; its value is never written into a manifest",
    };

    /// <summary>Case is kept: PostgreSQL folds names that are not quoted in SQL, and all that is generated quotes them.</summary>
    public static readonly TextType Database = Name("a name of letters, digits and `_`, starting with a letter, at most 63 characters", "[A-Za-z][A-Za-z0-9_]{0,62}", '_');

    public static readonly TextType Role = Name("a name of lower-case letters, digits and `_`, starting with a letter, at most 63 characters", "[a-z][a-z0-9_]{0,62}", '_');

    public static readonly TextType Extension = Name("the name of a PostgreSQL extension, such as `vector`", "[a-z][a-z0-9_-]{0,62}", '_');

    public static readonly TextType Cluster = Name("a name of letters, digits, `-` and `_`, starting with a letter", "[A-Za-z][A-Za-z0-9_-]{0,254}", '-');

    private static TextType Name(string accepts, string pattern, char separator)
    {
        TextType? type = null;
        return type = new(accepts, pattern)
        {
            Code = DiagnosticCodes.BadName,
            MaxLength = 255,
            Advice = written => written.Length < 64 && Tidy(written, separator) is { Length: > 0 } tidy && tidy != written && type!.Matches(tidy) ? $"did you mean `{tidy}`?" : null,
        };
    }

    // "Order Service" -> "order-service"
    private static string Tidy(string written, char separator) =>
        string.Join(separator, new string([.. written.ToLowerInvariant().Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)).TrimStart([.. "0123456789_-"]);
}
