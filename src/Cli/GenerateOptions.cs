using System.Collections.Immutable;
using System.CommandLine;

namespace DuskStack.Cli;

/// <summary>What <c>generate</c> may be told.</summary>
public sealed class GenerateOptions
{
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show what would be done and write nothing" };
    private readonly Option<bool> starter = new("--starter") { Description = "Write a small application for each service whose folder has none" };
    private readonly Option<bool> allowDowngrade = new("--allow-downgrade") { Description = "Go back to the older templates of this version" };
    private readonly Option<string[]> leaveData = new("--leave-data")
    {
        Description = "Go on although the data of this volume stays behind where it is; `name` for all of a renamed project",
        HelpName = "volume",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> json = new("--json") { Description = "Print the result as JSON" };

    public IEnumerable<Option> All => [dryRun, starter, leaveData, allowDowngrade, json];

    public GenerateSettings Bind(ParseResult result) =>
        new(result.GetValue(dryRun), result.GetValue(starter), [.. result.GetValue(leaveData) ?? []], result.GetValue(allowDowngrade), result.GetValue(json));
}

public sealed record GenerateSettings(bool DryRun, bool Starter, ImmutableHashSet<string> LeaveData, bool AllowDowngrade, bool Json);
