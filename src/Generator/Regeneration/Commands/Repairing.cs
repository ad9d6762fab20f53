using System.Collections.Immutable;
using DuskStack.Outputs;

namespace DuskStack.Regeneration.Commands;

/// <summary><c>repair</c>: the bases are the truth; one that a merge left markers in becomes what is generated now. No file of the user is touched.</summary>
public static class Repairing
{
    public static Decision Decide(Snapshot snapshot, ImmutableArray<RenderedFile> renders)
    {
        var rendered = renders.GroupBy(r => r.Path).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var changes = ImmutableArray.CreateBuilder<FileChange>();
        foreach (var path in snapshot.Bases.Keys.Order(StringComparer.Ordinal).Where(p => PathRules.Refusal(p) is null))
        {
            var render = rendered.GetValueOrDefault(path);
            var situation = new Situation(path, snapshot.Entry(path), snapshot.Base(path), snapshot.File(path), render, snapshot.Pending(path));
            var status = situation.Entry?.Status ?? FileStatus.Ok;
            if (snapshot.DamagedBases.Contains(path))
            {
                changes.Add(render is null
                    ? Kept(situation, situation.Entry is { } known ? known with { Status = FileStatus.Orphaned } : null) with { Base = CopyChange.Drop, Finding = CommandFindings.BaseDropped(path) }
                    : situation.Decide("repair", FileAction.Repaired, status) with { Base = CopyChange.Put(situation.Template!), Pending = CopyChange.Keep, Finding = CommandFindings.Repaired(path) });
            }
            else if (situation.Entry is null)
            {
                changes.Add(Kept(situation, situation.Decide("repair", FileAction.Repaired, status).After));
            }
        }

        return new(changes.ToImmutable(), []);
    }

    private static FileChange Kept(Situation s, StateEntry? after) => s.Decide("repair", FileAction.Repaired) with { After = after, Pending = CopyChange.Keep };
}
