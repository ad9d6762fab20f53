using System.Diagnostics;
using DuskStack.Diagnostics;
using DuskStack.Regeneration;
using static DuskStack.Tests.Regeneration.Project;

namespace DuskStack.Tests.Regeneration;

/// <summary>A full disk, bytes that are no text, files that are too large: the whole old or the whole new project, and a message that says what to do.</summary>
public sealed class HardConditions
{
    [Fact]
    public void Full_disk_leaves_the_old_project_whole()
    {
        using var disk = SmallDisk.Mount();
        using var project = new Project(Directory.CreateDirectory(Path.Combine(disk.Folder, "project")).FullName);
        project.Generate(Managed("a.yaml", new string('a', 100_000) + "\n"), Managed("b.yaml", "b\n"));
        project["a.yaml"] += "mine\n";
        var before = project.Tree();
        disk.LeaveFree(80_000);

        var result = project.Generate(Managed("a.yaml", new string('a', 100_000) + "\n"), Managed("b.yaml", new string('b', 60_000) + "\n"), Managed("c.yaml", new string('c', 60_000) + "\n"));
        Assert.Equal(Outcome.Failed, result.Outcome);
        var finding = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.RunFailed, finding.Code);
        Assert.Contains("no file was changed", finding.Message, StringComparison.Ordinal);
        Assert.NotNull(finding.Hint);
        disk.Empty();
        Assert.Equal(before, project.Tree());
        Assert.False(project.Has(OwnPaths.Journal));

        Assert.Equal(Outcome.Clean, project.Generate(Managed("a.yaml", new string('a', 100_000) + "\n"), Managed("b.yaml", "new\n")).Outcome);
        Assert.EndsWith("mine\n", project["a.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_kept()
    {
        using var project = new Project();
        project.With("a.conf", "1\n2\n3\n4\n5\n");
        byte[] mine = [0xE9, 0xFF, 0xFE, (byte)'\n', .. "1\n2\n3\n4\n5\n"u8];
        File.WriteAllBytes(project.At("a.conf"), mine);
        project.Generate(Managed("a.conf", "1\n2\n3\n4\nfive\n"));
        Assert.True(File.ReadAllBytes(project.At("a.conf")).AsSpan().StartsWith(mine.AsSpan(0, 4)));
    }

    [Fact]
    public void File_of_100_megabytes_is_neither_read_whole_nor_touched()
    {
        using var project = new Project();
        project.With("a.yaml", "a\n");
        using (var stream = File.OpenWrite(project.At("a.yaml")))
            stream.SetLength(100_000_000);

        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(Outcome.Conflicts, project.Generate(Managed("a.yaml", "b\n")).Outcome);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 95_000_000, "it was read whole");
        Assert.Equal(100_000_000, new FileInfo(project.At("a.yaml")).Length);
    }

    /// <summary>A file system of 1 MB in memory, where the machine lets us have one.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string folder) => Folder = folder;

        public string Folder { get; }

        public static SmallDisk Mount()
        {
            var folder = Directory.CreateTempSubdirectory("duskstack-disk-").FullName;
            if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder))
                return new(folder);

            Directory.Delete(folder);
            Assert.Skip("a small file system can be mounted by root on Linux only");
            throw new InvalidOperationException();
        }

        public void LeaveFree(int bytes)
        {
            using var filler = File.OpenWrite(Path.Combine(Folder, "filler"));
            var block = new byte[4096];
            while (new DriveInfo(Folder).AvailableFreeSpace > bytes)
            {
                filler.Write(block);
                filler.Flush();
            }
        }

        public void Empty() => File.Delete(Path.Combine(Folder, "filler"));

        public void Dispose()
        {
            Run("umount", Folder);
            Directory.Delete(Folder);
        }

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
