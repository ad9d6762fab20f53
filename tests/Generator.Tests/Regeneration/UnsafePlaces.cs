using System.Runtime.InteropServices;
using DuskStack.Diagnostics;
using DuskStack.Outputs;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>Row 17 and the path rules: what is refused with exit 4, and left exactly as it is.</summary>
public sealed partial class UnsafePlaces : IDisposable
{
    private readonly Project project = new();
    private readonly string outside = Directory.CreateTempSubdirectory("outside-").FullName;

    public void Dispose()
    {
        project.Dispose();
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("x/../../a")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/a")]
    [InlineData("x\\a")]
    [InlineData("a:b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("./a")]
    [InlineData("x//a")]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData("x /a")]
    [InlineData("nul.txt")]
    [InlineData("x/COM1")]
    [InlineData(".git/hooks/pre-commit")]
    [InlineData("x/.GIT/config")]
    [InlineData(".duskstack/state.json")]
    [InlineData(".DuskStack/x")]
    public void Path_is_refused(string path)
    {
        var result = project.Generate(Managed(path, "a\n"), Managed("fine", "a\n"));
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Equal(FileAction.Refused, result.ActionOf(path));
        Assert.Equal([".duskstack/base/fine.base", ".duskstack/state.json", "fine"], project.Tree().Keys);
    }

    [Theory]
    [InlineData(".gitignore")]
    [InlineData(".github/workflows/containers.yml")]
    [InlineData("x/.duskstack/y")]
    [InlineData("console/nullable.txt")]
    [InlineData("pages/[id].tsx")]
    [InlineData("größe/ß.txt")]
    public void Path_is_fine(string path) => Assert.Null(PathRules.Refusal(path));

    [Theory]
    [InlineData("a.yaml", "A.yaml")]
    [InlineData("x/a", "X/a")]
    [InlineData("x", "x/a")]
    [InlineData("gr\u00F6\u00DFe", "gro\u0308\u00DFe")]
    public void Paths_that_are_the_same_somewhere_are_refused(string first, string second)
    {
        var result = project.Generate(Managed(first, "a\n"), Managed(second, "b\n"));
        Assert.Equal(FileAction.Created, result.ActionOf(first));
        Assert.Equal(FileAction.Refused, result.ActionOf(second));
    }

    [Fact]
    public void State_that_names_a_place_outside_deletes_nothing()
    {
        project.With("a.yaml", "a\n");
        var victim = Path.Combine(outside, "victim");
        File.WriteAllText(victim, "a\n");
        var path = Path.GetRelativePath(project.Root, victim);
        project[".duskstack/state.json"] = project.State.Replace("\"path\":\"a.yaml\"", $"\"path\":\"{path}\"", StringComparison.Ordinal);
        project.Delete(".duskstack/base/a.yaml.base");

        Assert.Equal(Outcome.Refused, project.Generate().Outcome);
        Assert.True(File.Exists(victim));
    }

    [Fact]
    public void State_that_calls_the_manifest_generated_neither_deletes_nor_overwrites_it()
    {
        project.With("duskstack.yaml", "a\n");
        foreach (var files in new[] { Array.Empty<RenderedFile>(), [Managed("duskstack.yaml", "b\n")], [Managed("moved.yaml", "a\n", "duskstack.yaml")] })
        {
            var result = project.Run(project.Request(files) with { Sources = ["duskstack.yaml"] });
            Assert.Equal(Outcome.Refused, result.Outcome);
            Assert.Equal("a\n", project["duskstack.yaml"]);
        }
    }

    [Fact]
    public void Link_in_place_of_the_file_is_refused()
    {
        project.With("a.yaml", "a\n");
        project.Delete("a.yaml");
        var target = Path.Combine(outside, "target");
        File.WriteAllText(target, "a\n");
        File.CreateSymbolicLink(project.At("a.yaml"), target);

        var result = project.Generate(Managed("a.yaml", "b\n"));
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Equal("17", result.RowOf("a.yaml"));
        Assert.Contains("symbolic link", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal("a\n", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(project.At("a.yaml")).LinkTarget);
    }

    [Fact]
    public void Dangling_link_is_refused()
    {
        File.CreateSymbolicLink(project.At("a.yaml"), Path.Combine(outside, "missing"));
        Assert.Equal(Outcome.Refused, project.Generate(Managed("a.yaml", "a\n")).Outcome);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public void Link_on_the_way_is_refused_and_named()
    {
        Directory.CreateSymbolicLink(project.At("nginx"), outside);
        var result = project.Generate(Managed("nginx/conf/a.conf", "a\n"));
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Contains("`nginx` is a symbolic link", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public void Link_that_appears_during_the_run_is_not_followed()
    {
        project.Generate(Managed("x/a.yaml", "a\n"));
        var result = project.Run(project.Request(Managed("x/a.yaml", "b\n")), at =>
        {
            if (at != "committed")
                return;

            File.Move(project.At("x/a.yaml"), Path.Combine(outside, "a.yaml"));
            Directory.Delete(project.At("x"), recursive: true);
            Directory.CreateSymbolicLink(project.At("x"), outside);
        });
        Assert.Equal(FileAction.Refused, result.ActionOf("x/a.yaml"));
        Assert.Equal("a\n", project[".duskstack/base/x/a.yaml.base"]);
        Assert.Equal("a\n", File.ReadAllText(Path.Combine(outside, "a.yaml")));
    }

    [Fact]
    public void Linked_folder_of_the_tool_is_refused()
    {
        Directory.CreateSymbolicLink(project.At(".duskstack"), outside);
        Assert.Equal(Outcome.Refused, project.Generate(Managed("a.yaml", "a\n")).Outcome);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.False(project.Has("a.yaml"));
    }

    [Fact]
    public void Linked_base_is_refused()
    {
        project.With("a.yaml", "a\n");
        project.Delete(".duskstack/base/a.yaml.base");
        File.CreateSymbolicLink(project.At(".duskstack/base/a.yaml.base"), project.At("a.yaml"));
        Assert.Equal(Outcome.Refused, project.Generate(Managed("a.yaml", "b\n")).Outcome);
        Assert.Equal("a\n", project["a.yaml"]);
    }

    [Fact]
    public void Folder_in_place_of_the_file_is_refused()
    {
        project["a.yaml/x"] = "mine\n";
        Assert.Equal(Outcome.Refused, project.Generate(Managed("a.yaml", "a\n")).Outcome);
        Assert.Equal("mine\n", project["a.yaml/x"]);
    }

    [Fact]
    public void File_in_place_of_a_folder_is_refused()
    {
        project["x"] = "mine\n";
        Assert.Equal(Outcome.Refused, project.Generate(Managed("x/a.yaml", "a\n")).Outcome);
        Assert.Equal("mine\n", project["x"]);
    }

    [Fact]
    public void Pipe_in_place_of_the_file_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in folders");
        Assert.Equal(0, MakePipe(project.At("a.yaml"), 0b110_100_100));
        Assert.Equal(Outcome.Refused, project.Generate(Managed("a.yaml", "a\n")).Outcome);
    }

    // Not by a program: between fork and exec a child holds the locks of the tests that run beside this one.
    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakePipe(string path, uint mode);

    [Fact]
    public void Empty_file_is_an_ordinary_file()
    {
        project["a.yaml"] = "";
        Assert.Equal(Outcome.Conflicts, project.Generate(Managed("a.yaml", "a\n")).Outcome);
    }

    [Fact]
    public void Read_only_file_is_refused_only_where_it_would_be_written()
    {
        project.With("a.yaml", "a\n");
        project.SetMode("a.yaml", (UnixFileMode)0b100_100_100);
        Assert.True(project.Generate(Managed("a.yaml", "a\n")).NothingToDo);

        var result = project.Generate(Managed("a.yaml", "b\n"));
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Equal(DiagnosticCodes.PathRefused, Assert.Single(result.Diagnostics).Code);
        Assert.Equal(FileAction.Refused, project.Generate().ActionOf("a.yaml"));
        Assert.Equal("a\n", project["a.yaml"]);
        Assert.Equal("a\n", project[".duskstack/base/a.yaml.base"]);
    }

    [Theory]
    [InlineData(".duskstack/.state.json.20260301T120200.000Z.duskstack/x")]
    [InlineData(".duskstack/txn/journal.json.new/x")]
    public void Nothing_is_written_when_the_state_cannot_be(string inTheWay)
    {
        project.With("a.yaml", "a\n");
        project[inTheWay] = "";
        var before = project.Tree();

        var result = project.Generate(Managed("a.yaml", "b\n"), Managed("x/new.yaml", "n\n"));
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.All(result.Changes, c => Assert.Equal(FileAction.Refused, c.Action));
        Assert.Single(result.Diagnostics);
        Assert.Equal(before, project.Tree());
        Assert.False(Directory.Exists(project.At("x")));
        Assert.False(project.Has(".duskstack/txn/journal.json"));
    }

    [Theory]
    [InlineData(".duskstack/base/x", false)]
    [InlineData(".duskstack/base/x", true)]
    [InlineData(".duskstack/txn", false)]
    [InlineData(".duskstack/txn", true)]
    public void Folder_of_the_tool_that_cannot_be_looked_into_is_refused(string folder, bool dryRun)
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may look into every folder");
        project.With("x/a.yaml", "a\n");
        project.SetMode(folder, default);
        try
        {
            var result = project.Run(project.Request(Managed("x/a.yaml", "b\n")) with { DryRun = dryRun });
            Assert.Equal(Outcome.Refused, result.Outcome);
            Assert.Equal("a\n", project["x/a.yaml"]);
        }
        finally
        {
            project.SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Folder_of_backups_that_is_not_writable_is_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write to every folder");
        project.With("a.yaml", "a\n");
        Directory.CreateDirectory(project.At(".duskstack/backup"));
        project.SetMode(".duskstack/backup", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = project.Generate(Managed("a.yaml", "b\n"));
        project.SetMode(".duskstack/backup", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(FileAction.Refused, result.ActionOf("a.yaml"));
        Assert.Contains(".duskstack/backup/", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Huge_file_in_place_of_a_generated_one_is_left_alone()
    {
        project.With("a.yaml", "a\n");
        using (var stream = File.OpenWrite(project.At("a.yaml")))
            stream.SetLength(1L << 32);

        Assert.Equal(Outcome.Conflicts, project.Generate(Managed("a.yaml", "b\n")).Outcome);
        Assert.Equal(FileAction.Orphaned, project.Generate().ActionOf("a.yaml"));
        Assert.Equal(1L << 32, new FileInfo(project.At("a.yaml")).Length);
    }
}
