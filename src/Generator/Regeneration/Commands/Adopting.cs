using System.Collections.Immutable;
using DuskStack.Outputs;
using DuskStack.Regeneration.Merging;

namespace DuskStack.Regeneration.Commands;

/// <summary><c>adopt</c>: a file that stands where one is generated is looked after from now on. What differs counts as edits.</summary>
public static class Adopting
{
    /// <param name="snapshot">What is on disk.</param>
    /// <param name="path">The file.</param>
    /// <param name="renders">What is generated now.</param>
    /// <param name="merge">True to bring the lines of both into the file.</param>
    public static Decision Decide(Snapshot snapshot, string path, ImmutableArray<RenderedFile> renders, bool merge)
    {
        var render = Relocation.Apply(snapshot.State, renders).FirstOrDefault(r => r.Path == path);
        var s = FileCommands.Situate(snapshot, path, render);
        if (render is null)
            return s.Entry is null ? FileCommands.Unknown(snapshot, path) : Decision.Mistake(CommandFindings.Cannot(path, "is not generated any more", "it is yours, and nothing looks after it"));

        if (render.Class != FileClass.Managed)
            return Decision.Mistake(CommandFindings.Cannot(path, "is not generated as a whole", render.Class == FileClass.Once ? "it is yours from the first write on" : $"the block in it comes back with `duskstack restore {path}`"));

        if (s.Yours is OnDisk.Blocked blocked)
            return Decision.Of(s.Refuse("17", blocked.Reason));

        var isKnown = s.Base is not null && s.Entry is not { Class: StateClass.Ejected } and not { Status: FileStatus.Orphaned };
        if (isKnown || s.Yours is not OnDisk.Regular file)
        {
            return Decision.Mistake(isKnown
                ? CommandFindings.Cannot(path, "is looked after already", $"`duskstack diff {path} --base` shows your edits")
                : CommandFindings.Cannot(path, "is not there", $"to have it written: `duskstack restore {path}`, or `duskstack generate`"));
        }

        var template = s.Template!;
        var adopted = s.Decide("adopt", FileAction.Adopted) with { Base = CopyChange.Put(template), Pending = s.Pending is null ? CopyChange.Keep : CopyChange.Drop };
        if (!merge || file.Text.SameAs(template))
            return Decision.Of(adopted);

        if (file.Truncated)
            return Decision.Of(s.Refuse("17", "it is too large"));

        var common = CommonLines.Of(file.Text, template);
        return Merger.Merge(new(path, common, file.Text, template)) switch
        {
            MergeResult.Clean clean => Decision.Of(adopted with { Content = clean.Text, Replaces = file }),
            MergeResult.Conflicted conflicted => new(
                [adopted with { Content = conflicted.Text, Replaces = file, Base = CopyChange.Put(common), Pending = CopyChange.Put(template), After = adopted.After! with { Status = FileStatus.Conflicted } }],
                [CommandFindings.AdoptedWithConflicts(path, conflicted.Count)],
                Outcome.Conflicts),
            MergeResult.Refused refused => new([], [CommandFindings.NoUnion(path, refused.Reason)], Outcome.Conflicts),
            _ => throw new InvalidOperationException("A merge has three results."),
        };
    }
}
