using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Outputs;

namespace DuskStack.Regeneration;

/// <summary>Decides what a run does with every file. Pure: the same snapshot and renders give the same changes.</summary>
public static class ChangePlanner
{
    /// <summary>One change for each path that is generated, was generated, or has a base; by path.</summary>
    /// <param name="snapshot">What is on disk.</param>
    /// <param name="renders">What is generated now.</param>
    /// <param name="sources">What it is generated from, and so is never touched.</param>
    /// <param name="terms">How edits and changed templates come together.</param>
    public static ImmutableArray<FileChange> Plan(
        Snapshot snapshot, ImmutableArray<RenderedFile> renders, ImmutableHashSet<string>? sources = null, MergeTerms? terms = null)
    {
        renders = Relocation.Apply(snapshot.State, renders);
        var clashes = PathRules.Clashes(renders.Select(r => r.Path));
        var rendered = renders.GroupBy(r => r.Path).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var moves = Moves.Find(snapshot, rendered);
        var leaving = moves.Values.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);

        // Where case makes no difference this is the very file that is generated under its new name: it must not be deleted under the old one.
        var folded = rendered.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var paths = rendered.Keys.Concat(snapshot.State?.Files.Keys ?? []).Concat(snapshot.Bases.Keys).Distinct().Where(p => !leaving.Contains(p));
        var changes = paths.SelectMany(path =>
        {
            var now = Situate(snapshot, path, rendered.GetValueOrDefault(path), terms);
            if (PathRules.Refusal(path) is { } reason)
                return [now.Refuse("path", reason)];

            if (clashes.Contains(path))
                return [now.Refuse("path", "on some systems it is the same as, or a folder of, another generated file")];

            if (now.Render is null && folded.Contains(path))
                return [now.Decide("case", FileAction.Unchanged) with { After = null, Pending = CopyChange.Keep }];

            return moves.TryGetValue(path, out var old) ? Moves.Decide(Situate(snapshot, old.Path, null, terms), now) : [Decide(now)];
        });
        return [.. changes.Select(c => RespectSources(c, sources ?? [])).Select(RespectReadOnly).OrderBy(c => c.Path, StringComparer.Ordinal)];
    }

    /// <summary>The files of the state once <paramref name="applied"/> were applied. What was refused stays as it was.</summary>
    public static ImmutableSortedDictionary<string, StateEntry> StateAfter(State? before, IEnumerable<FileChange> applied)
    {
        var files = (before?.Files ?? ImmutableSortedDictionary.Create<string, StateEntry>(StringComparer.Ordinal)).ToBuilder();
        foreach (var change in applied.Where(c => c.Action != FileAction.Refused))
        {
            files.Remove(change.Path);
            if (change.DropBaseOf is { } movedFrom)
                files.Remove(movedFrom);

            if (change.After is { } entry)
                files[change.Path] = entry;
        }

        return files.ToImmutable();
    }

    private static FileChange Decide(Situation s)
    {
        if (s.Entry?.Class == StateClass.Ejected)
            return s.Decide("21", FileAction.Unchanged) with { After = s.Entry, Pending = CopyChange.Keep };

        if (s.Render is null && s.Entry?.Class == StateClass.Once)
            return s.Decide("22", FileAction.Unchanged);

        var wasBlock = s.Entry?.Class == StateClass.Block;
        var isBlock = s.Render is null ? wasBlock : s.Render.Class == FileClass.Block;

        // A base of some lines says nothing about a whole file, nor the other way round.
        if (s.Entry is not null && wasBlock != isBlock)
        {
            var change = Decide(s with { Entry = null, Base = null });
            return change.Base == CopyChange.Keep && s.Base is not null ? change with { Base = CopyChange.Drop } : change;
        }

        return isBlock ? BlockRows.Decide(s) : s.Render?.Class == FileClass.Once ? OnceRows.Decide(s) : ManagedRows.Decide(s);
    }

    private static Situation Situate(Snapshot snapshot, string path, RenderedFile? render, MergeTerms? terms) =>
        new(path, snapshot.Entry(path), snapshot.Base(path), snapshot.File(path), render, snapshot.Pending(path))
        {
            Terms = terms ?? new(),
            LastVersion = snapshot.State?.Templates,
        };

    // Anybody may have written the state and the bases; a manifest that they call generated would be "no longer generated".
    private static FileChange RespectSources(FileChange change, ImmutableHashSet<string> sources) =>
        change.TouchesFile && (sources.Contains(change.Path) || (change.Remove is { } removed && sources.Contains(removed)))
            ? Refuse(change, "source", Findings.Source(change.Remove ?? change.Path))
            : change;

    private static FileChange RespectReadOnly(FileChange change) =>
        change is { TouchesFile: true, Replaces.ReadOnly: true } ? Refuse(change, "read-only", Findings.ReadOnly(change.Remove ?? change.Path)) : change;

    private static FileChange Refuse(FileChange change, string row, Diagnostic finding) =>
        new() { Path = change.Path, Action = FileAction.Refused, Row = row, Before = change.Before, After = change.Before, Finding = finding };
}
