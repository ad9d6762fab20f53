using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>Text that matches a pattern. A number or <c>true</c> is taken as it is written, so <c>3.10</c> stays <c>3.10</c>.</summary>
public sealed class TextType : SettingType<string>
{
    // So long is no honest text tried.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Regex? regex;

    /// <param name="accepts">What is accepted, in words.</param>
    /// <param name="pattern">A regular expression that .NET and JavaScript read alike, which the whole text must match; null for any text.</param>
    public TextType(string accepts, string? pattern = null)
    {
        (Accepts, Pattern) = (accepts, pattern);
        if (pattern is not null) regex = new Regex(Whole(pattern), RegexOptions.CultureInvariant, Patience);
    }

    public override string Accepts { get; }
    public override string Word => "text";
    public string? Pattern { get; }

    /// <summary>The code of a text that does not match.</summary>
    public string Code { get; init; } = DiagnosticCodes.BadValue;

    /// <summary>In characters.</summary>
    public int MaxLength { get; init; } = 1000;

    /// <summary>Whether line feeds and tabs are text too.</summary>
    public bool AllowsLines { get; init; }

    /// <summary>What is wrong with a text that matches the pattern, as a hint; null when nothing is.</summary>
    public Func<string, string?> Objection { get; init; } = _ => null;

    /// <summary>The hint for a text that does not match; null for <see cref="Accepts"/> again.</summary>
    public Func<string, string?> Advice { get; init; } = _ => null;

    /// <summary>Gives the one form in which different spellings are kept; applied before the pattern.</summary>
    public Func<string, string> Normalise { get; init; } = text => text;

    /// <summary>The hint when nothing is written; null for the usual one.</summary>
    public string? WhenEmpty { get; init; }

    /// <summary>The hint when a list or a map is written; null for none.</summary>
    public string? WhenNotText { get; init; }

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            reading.WrongType(node, this, node is YamlScalar ? WhenEmpty : WhenNotText);
            return false;
        }

        var text = Normalise(scalar.Text);
        if (Problem(scalar.Text, text) is { } problem)
        {
            reading.Bag.Error(Code, node.Span, problem.Length > 0 ? $"{reading.Name} {problem}" : $"{reading.Name} takes {Accepts}, not {node.Describe()}", Hint(scalar.Text, text));
            return false;
        }

        value = text;
        return true;
    }

    /// <summary>True when the text would be read without a finding.</summary>
    public bool Matches(string text) => Problem(text, Normalise(text)) is null;

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        // Editors see an unquoted 3.13 or true as no text; we take it as it is written.
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        if (!Fits("1") && !Fits("true")) schema["type"] = "string";
        if (Pattern is not null) schema["pattern"] = $"^(?:{Pattern})$";
        schema["maxLength"] = MaxLength;
        return schema;
    }

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";

    // A manifest must not be able to make a pattern slow. The engine that never backtracks takes a tenth of a second to start, so it is asked last.
    private bool Fits(string text)
    {
        try
        {
            return regex?.IsMatch(text) != false;
        }
        catch (RegexMatchTimeoutException)
        {
            return Regex.IsMatch(text, Whole(Pattern!), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
    }

    // Empty: it does not match, and Accepts says so best.
    private string? Problem(string written, string text)
    {
        if (written.Length > MaxLength) return $"is longer than {MaxLength} characters";
        if (!AllowsLines && text.AsSpan().IndexOfAny('\n', '\t') >= 0) return "must stay on one line";
        if (text.EnumerateRunes().Any(rune => rune.Value != '\n' && rune.Value != '\t' && (System.Text.Rune.IsControl(rune) || rune.Value == 0xFFFD))) return "contains a control character or broken Unicode";
        return !Fits(text) || Objection(text) is not null ? "" : null;
    }

    private string? Hint(string written, string text) => Advice(written) ?? (written.Length <= MaxLength && Fits(text) ? Objection(text) : null);
}
