using DuskStack.Outputs;
using FsCheck;
using FsCheck.Fluent;

namespace DuskStack.Tests.Regeneration;

/// <summary>The promise itself, over random histories of edits, deletions and changing templates.</summary>
public sealed class NothingIsEverLost
{
    private static readonly string[] Paths = ["a", "b", "x/c", "x/d"];
    private static readonly string[] Templates = ["t1", "t2", "t3"];

    /// <param name="Edits">What a person does first: text to write, or null to delete.</param>
    /// <param name="Renders">What is generated then.</param>
    /// <param name="CrashAt">The point at which the run dies; more than there are for none.</param>
    internal sealed record Turn(IReadOnlyList<(string Path, string? Text)> Edits, IReadOnlyList<RenderedFile> Renders, int CrashAt)
    {
        public override string ToString() =>
            $"edit [{string.Join(", ", Edits)}] render [{string.Join(", ", Renders.Select(r => $"{r.Class} {r.Path}={r.Content} by {r.TemplateId}"))}] crash at {CrashAt}";
    }

    [Fact]
    public void Edited_bytes_are_still_there_or_in_a_backup_and_a_second_run_changes_nothing() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Arb.From(Gen.ListOf(Turns())), turns => Play([.. turns.Take(8)])));

    private static Gen<Turn> Turns()
    {
        var text = Gen.Elements("1\n", "2\n", "3\r\n", "mine\n", "", "\0", "# >>> duskstack >>>\n1\n# <<< duskstack <<<\n", "# >>> duskstack >>>\n");
        var edit = from path in Gen.Elements(Paths)
                   from deletes in Gen.Elements(true, false, false)
                   from written in text
                   select (path, deletes ? null : written);
        var render = from path in Gen.Elements(Paths)
                     from template in Gen.Elements(Templates)
                     from content in Gen.Elements("1\n", "2\n", "3\n")
                     from @class in Gen.Elements(FileClass.Managed, FileClass.Managed, FileClass.Managed, FileClass.Once, FileClass.Block)
                     select new RenderedFile(path, content, template, @class);
        return from edits in Gen.ListOf(edit)
               from renders in Gen.ListOf(render)
               from crash in Gen.Choose(0, 60)
               select new Turn([.. edits.Take(3)], [.. renders.DistinctBy(r => r.Path)], crash);
    }

    private static bool Play(IReadOnlyList<Turn> turns)
    {
        using var project = new Project();
        foreach (var turn in turns)
        {
            foreach (var (path, text) in turn.Edits)
            {
                if (text is null)
                    project.Delete(path);
                else
                    project[path] = text;
            }

            var mine = Paths.Where(project.Has).ToDictionary(p => p, p => project[p]);
            RunAndDie(project, turn);
            Assert.NotEqual(DuskStack.Regeneration.Outcome.Locked, project.Generate([.. turn.Renders]).Outcome);

            foreach (var (path, text) in mine)
            {
                var survives = Paths.Any(p => project.Has(p) && project[p] == text) || project.BackedUp().Contains(text);
                Assert.True(survives, $"`{path}` with {text.Length} characters is gone");
            }

            var before = project.Tree();
            project.Generate([.. turn.Renders]);
            Assert.Equal(before, project.Tree());
            Assert.DoesNotContain(before.Keys, p => p.EndsWith(".duskstack", StringComparison.Ordinal));
        }

        return true;
    }

    private static void RunAndDie(Project project, Turn turn)
    {
        var left = turn.CrashAt;
        try
        {
            project.Run(project.Request([.. turn.Renders]), _ =>
            {
                if (left-- == 0)
                    throw new InvalidOperationException("killed");
            });
        }
        catch (InvalidOperationException)
        {
            // Dead; the next run has to cope.
        }
    }
}
