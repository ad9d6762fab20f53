using System.Collections.Immutable;
using System.Text;
using DuskStack.Outputs;
using DuskStack.Regeneration;
using DuskStack.Regeneration.Commands;

namespace DuskStack.Tests.Regeneration;

/// <summary>A project in a folder of its own, and a clock that moves on with every run.</summary>
public sealed class Project : IDisposable
{
    private const string Memory = "/dev/shm";

    private DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Project()
        : this(inMemory: false)
    {
    }

    /// <param name="inMemory">True where nothing is to be waited for, if the system has such a place.</param>
    public Project(bool inMemory) => Root = inMemory && Directory.Exists(Memory)
        ? Directory.CreateDirectory($"{Memory}/duskstack-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("duskstack-").FullName;

    public Project(string root) => Root = root;

    public string Root { get; }

    public ToolVersion Tool { get; set; } = ToolVersion.Parse("1.0.0");

    public ImmutableArray<OwnFile> OwnFiles { get; set; } = [];

    public static RenderedFile Managed(string path, string content, string? templateId = null) => new(path, content, templateId ?? path);

    public static RenderedFile Once(string path, string content) => new(path, content, path, FileClass.Once);

    public static RenderedFile Block(string path, string content) => new(path, content, path, FileClass.Block);

    public string this[string path]
    {
        get => Encoding.UTF8.GetString(File.ReadAllBytes(At(path)));
        set
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
            File.WriteAllBytes(At(path), Encoding.UTF8.GetBytes(value));
        }
    }

    public string At(string path) => Path.Combine(Root, path);

    public bool Has(string path) => File.Exists(At(path));

    public void Delete(string path)
    {
        if (Has(path))
            File.Delete(At(path));
    }

    public RegenerationRequest Request(params RenderedFile[] files)
    {
        now = now.AddMinutes(1);
        return new() { Files = [.. files], Tool = Tool, Now = now, OwnFiles = OwnFiles };
    }

    public RegenerationResult Generate(params RenderedFile[] files) => Run(Request(files));

    public RegenerationResult Run(RegenerationRequest request, Action<string>? reached = null) =>
        Regenerator.Run(Root, request, reached, TestContext.Current.CancellationToken);

    /// <summary>One command about single files.</summary>
    public RegenerationResult Do(Func<Snapshot, Decision> decide, params string[] paths) =>
        Regenerator.Apply(Root, Request() with { Paths = [.. paths] }, decide, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Skips the test where there are no modes.</summary>
    public void SetMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("there are no modes");
        else
            File.SetUnixFileMode(At(path), mode);
    }

    /// <inheritdoc cref="SetMode"/>
    public UnixFileMode ModeOf(string path)
    {
        if (!OperatingSystem.IsWindows())
            return File.GetUnixFileMode(At(path));

        Assert.Skip("there are no modes");
        return default;
    }

    /// <summary>A file generated once, as the starting point of a story.</summary>
    public Project With(string path, string content)
    {
        Assert.Equal(FileAction.Created, Generate(Managed(path, content)).ActionOf(path));
        return this;
    }

    /// <summary>Path and content of everything but what is local to a machine.</summary>
    public SortedDictionary<string, string> Tree() => new(
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f))
            .Where(f => !f.StartsWith(".duskstack/backup", StringComparison.Ordinal) && !f.StartsWith(".duskstack/txn", StringComparison.Ordinal) && f != ".duskstack/lock")
            .ToDictionary(f => f, f => this[f]),
        StringComparer.Ordinal);

    public IEnumerable<string> BackedUp() => Directory.Exists(At(".duskstack/backup"))
        ? Directory.EnumerateFiles(At(".duskstack/backup"), "*", SearchOption.AllDirectories).Select(f => Encoding.UTF8.GetString(File.ReadAllBytes(f)))
        : [];

    public string State => this[".duskstack/state.json"];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

public static class ResultReading
{
    public static FileAction ActionOf(this RegenerationResult result, string path) => result.Changes.Single(c => c.Path == path).Action;

    public static string RowOf(this RegenerationResult result, string path) => result.Changes.Single(c => c.Path == path).Row;
}
