using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Planning;

namespace DuskStack.Regeneration.Commands;

/// <summary>
/// Data that a change of the manifest would leave behind in a volume that nothing names any more. The state remembers which volumes
/// there were and what the project was called: no file would look wrong, and production would start empty.
/// </summary>
public static class DataAtRisk
{
    /// <summary>The input, and the word for <c>--leave-data</c>, of the project's name.</summary>
    public const string Name = "name";
    private const string Volume = "volume ";

    /// <summary>The inputs of the state that later runs compare with.</summary>
    public static ImmutableSortedDictionary<string, string> Inputs(Plan plan)
    {
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var volume in plan.Volumes.Where(v => v.Kept))
            inputs.Add(Volume + volume.Name, volume.Suffix ?? volume.Name);
        inputs.Add(Name, plan.Name);
        return inputs.ToImmutable();
    }

    /// <param name="before">Of the state.</param>
    /// <param name="now">Of the manifest.</param>
    /// <param name="left">What may stay behind, because somebody said so.</param>
    /// <returns>One finding for each thing that would be left; empty when nothing would.</returns>
    public static ImmutableArray<Diagnostic> Find(ImmutableSortedDictionary<string, string> before, ImmutableSortedDictionary<string, string> now, ImmutableHashSet<string> left)
    {
        var volumes = before.Where(i => i.Key.StartsWith(Volume, StringComparison.Ordinal)).Select(i => (Key: i.Key[Volume.Length..], Engine: i.Value)).ToList();
        if (volumes.Count == 0)
            return [];

        var was = before.GetValueOrDefault(Name);
        var isNow = now.GetValueOrDefault(Name);
        var findings = new List<Diagnostic>();
        if (was is not null && isNow is not null && was != isNow && !left.Contains(Name))
            findings.Add(Renamed(was, isNow, volumes.Select(v => v.Engine)));

        findings.AddRange(volumes.Where(v => !left.Contains(v.Key)).Select(v => Change(was, v.Key, v.Engine, now)).OfType<Diagnostic>());
        return [.. findings];
    }

    private static Diagnostic? Change(string? project, string key, string engine, ImmutableSortedDictionary<string, string> now)
    {
        var volume = project is null ? engine : $"{project}-prod_{engine}";
        if (now.TryGetValue(Volume + key, out var next))
            return next == engine ? null : Upgraded(key, volume, next);

        return Left(
            $"the volume `{volume}` is no longer part of the stack: its data would stay behind, where nothing uses or backs it up",
            key == "postgres_data"
                ? $"copy what it holds first, `bash scripts/backup.sh`; then go on with `{GoOn(key)}`; the volume itself is never deleted"
                : $"copy what it holds first, `bash scripts/backup.sh --volumes`, or {TakeBack}; then go on with `{GoOn(key)}`; the volume itself is never deleted");
    }

    private static Diagnostic Upgraded(string key, string volume, string next) => Left(
        $"PostgreSQL's data lies in `{volume}`, and the new version starts with an empty volume of its own, `{next}`",
        $"make a copy (`bash scripts/backup.sh`), go on with `{GoOn(key)}`, then move the data before the next start: `bash scripts/upgrade-postgres.sh`; or {TakeBack}");

    private static Diagnostic Renamed(string was, string now, IEnumerable<string> volumes) => Left(
        $"the project is now called `{now}`, and its data lies in volumes of `{was}-prod`: {string.Join(", ", volumes.Select(v => $"`{was}-prod_{v}`"))}",
        $"copy it first (`bash scripts/backup.sh`), stop production, go on with `{GoOn(Name)}`, start it under its new name and bring the data back: `bash scripts/restore.sh FILE`; or {TakeBack}");

    private const string TakeBack = "take the change of the manifest back";

    private static string GoOn(string name) => $"duskstack generate --leave-data {name}";

    private static Diagnostic Left(string message, string hint) => new(DiagnosticCodes.DataAtRisk, Severity.Error, null, message, hint);
}
