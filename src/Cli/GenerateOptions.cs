using System.Collections.Immutable;
using System.CommandLine;

namespace DuskStack.Cli;

/// <summary>What <c>generate</c> may be told.</summary>
public sealed class GenerateOptions
{
    private const string Keep = "keep";

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show what would be done and write nothing" };
    private readonly Option<bool> starter = new("--starter") { Description = "Write a small application for each service whose folder has none" };
    private readonly Option<bool> allowDowngrade = new("--allow-downgrade") { Description = "Go back to the older templates of this version" };
    private readonly Option<string[]> leaveData = new("--leave-data")
    {
        Description = "Go on although the data of this volume stays behind where it is; `name` for all of a renamed project",
        HelpName = "volume",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> conflict = Conflict();
    private readonly Option<bool> json = new("--json") { Description = "Print the result as JSON" };

    public IEnumerable<Option> All => [dryRun, starter, leaveData, allowDowngrade, conflict, json];

    /// <summary>Of commands that write no application.</summary>
    public IEnumerable<Option> WithoutStarter => All.Where(option => option != starter);

    public GenerateSettings Bind(ParseResult result) =>
        new(result.GetValue(dryRun), result.GetValue(starter), [.. result.GetValue(leaveData) ?? []], result.GetValue(allowDowngrade), result.GetValue(conflict) == Keep, result.GetValue(json));

    private static Option<string> Conflict()
    {
        var option = new Option<string>("--conflict")
        {
            Description = "Where you and a template changed the same lines: write both versions into the file, between markers, or keep it as it is",
            DefaultValueFactory = _ => "markers",
        };
        option.AcceptOnlyFromAmong("markers", Keep);
        return option;
    }
}

public sealed record GenerateSettings(bool DryRun, bool Starter, ImmutableHashSet<string> LeaveData, bool AllowDowngrade, bool KeepConflicts, bool Json);
