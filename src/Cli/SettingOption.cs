using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using DuskStack.Manifests.Editing;
using DuskStack.Manifests.Settings;

namespace DuskStack.Cli;

/// <summary>A setting of the manifest as an option: name, description and choices are those of its one description, which also reads the value.</summary>
internal sealed class SettingOption(Setting setting)
{
    private Option? option;

    public bool IsRequired { get; init; }

    /// <summary>Takes several values, also with commas between them.</summary>
    public bool IsList { get; init; }

    public Option Option => option ??= Create();

    /// <summary>What was given, and by which option.</summary>
    public static ImmutableArray<Asked> Asked(IEnumerable<SettingOption> options, ParseResult result) => [.. options.Select(option => option.Asked(result)).OfType<Asked>()];

    /// <summary><c>a,b</c> is two items.</summary>
    public static IEnumerable<string> Items(string words) => words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The first part of a sentence.</summary>
    public static string Clause(string summary) => summary.Split(';')[0].TrimEnd('.');

    private Asked? Asked(ParseResult result)
    {
        ImmutableArray<string> words = Option is Option<string[]> list ? [.. (result.GetValue(list) ?? []).SelectMany(Items)] : result.GetValue((Option<string?>)Option) is { } word ? [word] : [];
        return words.IsEmpty ? null : new Asked(setting, Option.Name, words, IsList);
    }

    private Option Create()
    {
        var name = $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(setting.Name)}";
        var choices = string.Join('|', setting.Type.Choices.Select(choice => choice.Value));
        Option created = IsList ? new Option<string[]>(name) { AllowMultipleArgumentsPerToken = true } : new Option<string?>(name);
        created.Description = Clause(setting.Summary);
        created.HelpName = choices.Length == 0 ? setting.Name : setting.Type.Word.StartsWith("choice", StringComparison.Ordinal) ? choices : $"{setting.Name}|{choices}";
        created.Required = IsRequired;
        created.CompletionSources.Add([.. setting.Type.Choices.Select(choice => choice.Value)]);
        return created;
    }
}
