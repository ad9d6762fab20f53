using System.Collections.Immutable;

namespace DuskStack.Packing.Parameters;

/// <summary>An option of <c>dotnet new duskstack</c>.</summary>
/// <param name="Name">As written behind <c>--</c>.</param>
/// <param name="Title">What the dialogs of IDEs call it.</param>
/// <param name="Summary">What it decides, in a sentence.</param>
public abstract record TemplateParameter(string Name, string Title, string Summary)
{
    /// <summary>
    /// Its symbol in <c>template.json</c>. Short where the option's name is long: before each condition the engine puts every letter of every symbol
    /// into a table.
    /// </summary>
    public string Id { get; init; } = Name;

    /// <summary>As written behind <c>-</c>; empty for an option that has its long name alone.</summary>
    public string Short { get; init; } = "";
}

/// <summary>One of a few values. Sections of files depend on these alone, so that their variants can be enumerated.</summary>
/// <param name="Name">The option's name.</param>
/// <param name="Title">Its name in dialogs.</param>
/// <param name="Summary">What it decides.</param>
/// <param name="Values">All values, the default first.</param>
public sealed record ClosedParameter(string Name, string Title, string Summary, ImmutableArray<ParameterValue> Values) : TemplateParameter(Name, Title, Summary)
{
    /// <summary>True for an option that is given or not: its values are <c>false</c> and <c>true</c>.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>What conditions read; another symbol than the option's own where other options have a say in it.</summary>
    public string Symbol { get => field ?? Id; init; }

    /// <summary>The text whose being given this is; null for an option of its own.</summary>
    public string? GivenWith { get; init; }

    public static ClosedParameter Switch(string name, string title, string summary) => new(name, title, summary, [new("false", ""), new("true", "")]) { IsSwitch = true };

    /// <summary>Whether the text <paramref name="name"/> is given.</summary>
    public static ClosedParameter Given(string name) => Switch($"{name}-given", "", "") with { GivenWith = name, Id = $"{name}-on" };
}

/// <summary>A value of a <see cref="ClosedParameter"/>.</summary>
/// <param name="Value">Lower-case letters, digits and <c>-</c>, and no number: the engine compares numbers and versions by value.</param>
/// <param name="Summary">What it stands for.</param>
public sealed record ParameterValue(string Value, string Summary);

/// <summary>
/// A text or a number, inserted as it is. Files are rendered with <paramref name="Stand"/> in its place; nothing may be computed from it.
/// </summary>
/// <param name="Name">The option's name; <c>name</c> for the project's, which the engine takes by <c>-n</c>.</param>
/// <param name="Title">Its name in dialogs.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Default">Its value when the option is not given.</param>
/// <param name="Stand">A value that the manifest accepts and that stands nowhere else.</param>
/// <param name="Form">To what the text is reduced before it is inserted.</param>
public sealed record OpenParameter(string Name, string Title, string Summary, string Default, string Stand, TextForm Form) : TemplateParameter(Name, Title, Summary)
{
    /// <summary>The parameter of which this is another form, and that people give; null for one that they give itself.</summary>
    public string? Source { get; init; }

    /// <summary>A part of <see cref="Stand"/> that stays whatever is computed from it; empty for numbers.</summary>
    public string Trace { get; init; } = "";

    /// <summary>A value as somebody could give it.</summary>
    public string Example { get; init; } = Default;

    /// <summary>The project's name: the engine has it by itself.</summary>
    public const string Project = "name";

    /// <summary>True for what has an option of the template's own.</summary>
    public bool IsOption => Name != Project && Source is null;

    public bool IsNumber => Form == TextForm.Number;

    /// <summary>What is inserted in its place while folding, and replaced by the engine. Its own <see cref="Form"/> leaves it as it is.</summary>
    public string Sentinel => $"{SentinelText.Start}{Name}{SentinelText.End}";
}
