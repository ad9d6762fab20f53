using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>Lock, dry run, cancellation, backups, and files that change while a run is at work.</summary>
public sealed class Runs : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Second_run_at_the_same_time_is_locked_out()
    {
        project.With("a.yaml", "a\n");
        using (File.Open(project.At(".duskstack/lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var result = project.Generate(Managed("a.yaml", "b\n"));
            Assert.Equal(Outcome.Locked, result.Outcome);
            Assert.Equal(DiagnosticCodes.StateLocked, Assert.Single(result.Diagnostics).Code);
        }

        Assert.Equal("a\n", project["a.yaml"]);
        Assert.Equal(Outcome.Clean, project.Generate(Managed("a.yaml", "b\n")).Outcome);
    }

    [Fact]
    public void Dry_run_tells_the_same_and_writes_nothing()
    {
        var files = new[] { Managed("a.yaml", "a\n"), Once("x/app.py", "x\n"), Block(".gitignore", "x\n") };
        var request = project.Request(files);
        var dry = project.Run(request with { DryRun = true });
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Root));

        var real = project.Run(request);
        Assert.Equal(real.Changes.Select(c => (c.Path, c.Action)), dry.Changes.Select(c => (c.Path, c.Action)));
    }

    [Fact]
    public void File_that_changes_during_the_run_is_left_alone()
    {
        project.Generate(Managed("a.yaml", "a\n"), Managed("b.yaml", "b\n"));
        var result = project.Run(project.Request(Managed("a.yaml", "a2\n"), Managed("b.yaml", "b2\n"), Managed("c.yaml", "c\n")), at =>
        {
            if (at == "committed")
            {
                project["a.yaml"] = "mine\n";
                project["c.yaml"] = "also mine\n";
            }
        });

        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Equal(FileAction.Refused, result.ActionOf("a.yaml"));
        Assert.Equal(FileAction.Updated, result.ActionOf("b.yaml"));
        Assert.Equal(FileAction.Refused, result.ActionOf("c.yaml"));
        Assert.Equal("mine\n", project["a.yaml"]);
        Assert.Equal("also mine\n", project["c.yaml"]);
        Assert.Equal("a\n", project[".duskstack/base/a.yaml.base"]);
        Assert.DoesNotContain("c.yaml", project.State, StringComparison.Ordinal);
        Assert.DoesNotContain(project.Tree().Keys, p => p.EndsWith(".duskstack", StringComparison.Ordinal));
        Assert.All(result.Diagnostics, d => Assert.Equal(DiagnosticCodes.FileChangedDuringRun, d.Code));
    }

    [Fact]
    public void Cancelled_run_leaves_no_trace()
    {
        project.With("a.yaml", "a\n");
        var before = project.Tree();
        using var source = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => Regenerator.Run(
            project.Root, project.Request(Managed("a.yaml", "b\n"), Managed("new/b.yaml", "b\n")), at => CancelAt(at, source), source.Token));

        Assert.Equal(before, project.Tree());
        Assert.False(Directory.Exists(project.At("new")));

        static void CancelAt(string at, CancellationTokenSource source)
        {
            if (at == "staged a.yaml")
                source.Cancel();
        }
    }

    [Fact]
    public void Last_ten_backups_are_kept_and_foreign_folders_too()
    {
        project[".duskstack/backup/by-hand/a.yaml"] = "mine\n";
        project.With("a.yaml", "0\n");
        foreach (var n in Enumerable.Range(1, 13))
            project.Generate(Managed("a.yaml", $"{n}\n"));

        Assert.Equal(11, Directory.GetDirectories(project.At(".duskstack/backup")).Length);
        Assert.Contains("mine\n", project.BackedUp());
        Assert.Contains("12\n", project.BackedUp());
        Assert.DoesNotContain("1\n", project.BackedUp());
    }

    [Fact]
    public void Own_files_of_the_tool_are_brought_up_to_date()
    {
        project.OwnFiles = [new(OwnPaths.Schema, "{}\n"), new(OwnPaths.Ignore, "lock\n", Once: true)];
        project.With("a.yaml", "a\n");
        Assert.Equal("{}\n", project[OwnPaths.Schema]);
        Assert.DoesNotContain("schema.json", project.State, StringComparison.Ordinal);

        project[OwnPaths.Schema] = "edited\n";
        project[OwnPaths.Ignore] = "lock\nmine\n";
        Assert.Equal(FileAction.Updated, project.Generate(Managed("a.yaml", "a\n")).ActionOf(OwnPaths.Schema));
        Assert.Equal("{}\n", project[OwnPaths.Schema]);
        Assert.Equal("lock\nmine\n", project[OwnPaths.Ignore]);
        Assert.Contains("edited\n", project.BackedUp());
    }

    [Fact]
    public void New_file_has_the_ordinary_mode()
    {
        project.With("a.sh", "a\n");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, project.ModeOf("a.sh"));
    }
}
