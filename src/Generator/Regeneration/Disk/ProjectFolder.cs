using System.Collections.Immutable;

namespace DuskStack.Regeneration.Disk;

/// <summary>A project on disk, looked at without following a link below its root and without changing anything.</summary>
internal sealed class ProjectFolder(string root)
{
    // No generated file comes near; what is larger is a person's and is only ever told apart.
    private const int ReadLimit = 8 * 1024 * 1024;
    private const FileAttributes NotThere = (FileAttributes)(-1);

    private static readonly string[] OwnFolders = [OwnPaths.Folder, OwnPaths.Bases, OwnPaths.Pendings, OwnPaths.Backups, OwnPaths.Transaction];
    private static readonly string[] OwnFiles = [OwnPaths.State, OwnPaths.First, OwnPaths.Lock, OwnPaths.Journal];

    public string Full(string path) => Path.Combine(root, path);

    public OnDisk Look(string path) => Look(path, Attributes);

    private OnDisk Look(string path, Func<string, FileAttributes> attributesOfFolder)
    {
        try
        {
            return Find(path, attributesOfFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new OnDisk.Blocked("its folder cannot be looked into", OnTheWay: true);
        }
    }

    private OnDisk Find(string path, Func<string, FileAttributes> attributesOfFolder)
    {
        foreach (var parent in PathRules.Parents(path))
        {
            var attributes = attributesOfFolder(parent);
            if (attributes == NotThere)
                return OnDisk.Absent.Instance;

            if (attributes.HasFlag(FileAttributes.ReparsePoint))
                return new OnDisk.Blocked($"`{parent}` is a symbolic link", OnTheWay: true);

            if (!attributes.HasFlag(FileAttributes.Directory))
                return new OnDisk.Blocked($"`{parent}` is not a folder", OnTheWay: true);
        }

        return Attributes(path) switch
        {
            NotThere => OnDisk.Absent.Instance,
            var a when a.HasFlag(FileAttributes.ReparsePoint) => new OnDisk.Blocked("it is a symbolic link"),
            var a when a.HasFlag(FileAttributes.Directory) => new OnDisk.Blocked("it is a folder"),
            var a => Read(path, a),
        };
    }

    /// <summary>A folder, reached through folders: no link on the way, nor at its end.</summary>
    public bool IsOrdinaryFolder(string path) => PathRules.Parents(path).Append(path).Select(Attributes)
        .All(a => a != NotThere && a.HasFlag(FileAttributes.Directory) && !a.HasFlag(FileAttributes.ReparsePoint));

    /// <summary>Why the tool's own folder cannot be used; null when it can.</summary>
    public string? RefusalOfOwnFolder()
    {
        try
        {
            return FindRefusal();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "it holds a folder that cannot be looked into";
        }
    }

    private string? FindRefusal()
    {
        foreach (var path in OwnFolders)
        {
            var attributes = Attributes(path);
            if (attributes != NotThere && (attributes.HasFlag(FileAttributes.ReparsePoint) || !attributes.HasFlag(FileAttributes.Directory)))
                return $"`{path}` is not an ordinary folder";
        }

        // Not opened for this: the lock may be held.
        foreach (var path in OwnFiles)
        {
            var attributes = Attributes(path);
            if (attributes != NotThere && (attributes.HasFlag(FileAttributes.ReparsePoint) || attributes.HasFlag(FileAttributes.Directory)))
                return $"`{path}` is not an ordinary file";
        }

        return null;
    }

    public StateReading ReadState(ToolVersion tool) => Look(OwnPaths.State) switch
    {
        OnDisk.Regular file => StateJson.Read(file.Text.Raw, tool),
        OnDisk.Blocked blocked => new StateReading.Broken(blocked.Reason),
        _ => new StateReading.Missing(),
    };

    /// <summary>Reads every file that a decision may depend on.</summary>
    public Snapshot Take(State? state, RegenerationRequest request)
    {
        var files = ImmutableDictionary.CreateBuilder<string, OnDisk>(StringComparer.Ordinal);
        var bases = ImmutableDictionary.CreateBuilder<string, FileText>(StringComparer.Ordinal);
        var pendings = ImmutableDictionary.CreateBuilder<string, FileText>(StringComparer.Ordinal);
        var folders = new Dictionary<string, FileAttributes>(StringComparer.Ordinal);
        var paths = request.Files.Select(r => r.Path).Concat(request.Paths).Concat(state?.Files.Keys ?? []).Concat(PathsWithBase()).Distinct();
        foreach (var path in paths.Where(p => PathRules.Refusal(p) is null))
        {
            files[path] = Look(path, Folder);
            foreach (var (copy, found) in new[] { (OwnPaths.Base(path), bases), (OwnPaths.Pending(path), pendings) })
            {
                switch (Look(copy, Folder))
                {
                    case OnDisk.Regular file:
                        found[path] = file.Text;
                        break;
                    case OnDisk.Blocked blocked:
                        files[path] = new OnDisk.Blocked($"`{copy}` is not used, because {blocked.Reason}", OnTheWay: true);
                        break;
                    default:
                        break;
                }
            }
        }

        var record = Look(OwnPaths.First, Folder);
        files[OwnPaths.First] = record;
        var unwritten = HasBases ? ImmutableDictionary<string, FileText>.Empty : FirstBases.Render(state, record, request);
        bases.AddRange(unwritten);
        return new()
        {
            State = state,
            UnwrittenBases = [.. unwritten.Keys],
            Files = files.ToImmutable(),
            Bases = bases.ToImmutable(),
            Pendings = pendings.ToImmutable(),
            DamagedBases = [.. bases.Where(b => b.Value.HasMergeMarkers).Select(b => b.Key).Order(StringComparer.Ordinal)],
        };

        // Many files share a folder, and so do all bases.
        FileAttributes Folder(string path) => folders.TryGetValue(path, out var known) ? known : folders[path] = Attributes(path);
    }

    /// <summary>The tool's own files follow one rule: as they are generated now.</summary>
    public FileChange Compare(OwnFile own)
    {
        var text = FileText.Of(own.Content);
        var there = Look(own.Path);
        var wanted = new FileChange { Path = own.Path, Row = "own", Action = FileAction.Unchanged };
        return there switch
        {
            OnDisk.Blocked blocked => wanted with { Action = FileAction.Refused, Finding = Findings.Refused(own.Path, blocked.Reason) },
            OnDisk.Regular file when own.Once || file.Text.SameAs(text) => wanted,
            OnDisk.Regular file => wanted with { Action = FileAction.Updated, Content = text.InStyleOf(file.Text), Replaces = file },
            _ => wanted with { Action = FileAction.Created, Content = text },
        };
    }

    /// <summary>The manifest's change: as it was edited, or refused as any other file would be.</summary>
    public FileChange Compare(ManifestEdit edit)
    {
        var change = new FileChange { Path = edit.Path, Row = "manifest", Action = FileAction.Refused, IsSource = true };
        if (PathRules.Refusal(edit.Path) is not null)
            return change with { Finding = Findings.ManifestOutside(edit.Path) };

        return Look(edit.Path) switch
        {
            OnDisk.Blocked blocked => change with { Finding = Findings.Refused(edit.Path, blocked.Reason) },
            OnDisk.Regular { ReadOnly: true } => change with { Finding = Findings.ReadOnly(edit.Path) },
            OnDisk.Regular { Truncated: false } file when file.Text.Hash == edit.Before.Hash => change with { Action = FileAction.Updated, Content = edit.After, Replaces = file },
            _ => change with { Finding = Findings.ChangedDuringRun(edit.Path) },
        };
    }

    /// <summary>Something was written since <c>dotnet new</c>: bases are written together, and the record of the new project says nothing any more.</summary>
    public bool HasBases => PathsWithBase().Any();

    private IEnumerable<string> PathsWithBase()
    {
        var bases = new DirectoryInfo(Full(OwnPaths.Bases));
        if (!bases.Exists)
            return [];

        // Links among them are not followed; a linked base is found again when its path is looked at.
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MatchType = MatchType.Simple };
        return bases.EnumerateFiles("*" + OwnPaths.BaseSuffix, all)
            .Select(f => Path.GetRelativePath(bases.FullName, f.FullName).Replace(Path.DirectorySeparatorChar, '/')[..^OwnPaths.BaseSuffix.Length]);
    }

    private FileAttributes Attributes(string path) => new FileInfo(Full(path)).Attributes;

    private OnDisk Read(string path, FileAttributes attributes)
    {
        try
        {
            var full = Full(path);
            if (!OrdinaryFile.Is(full))
                return new OnDisk.Blocked("it is not an ordinary file");

            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[Math.Min(stream.Length, ReadLimit)];
            stream.ReadExactly(bytes);
            var mode = OperatingSystem.IsWindows() ? (UnixFileMode?)null : File.GetUnixFileMode(full);
            return new OnDisk.Regular(new FileText(bytes), mode, IsReadOnly(mode, attributes), stream.Length > ReadLimit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new OnDisk.Blocked("it cannot be read");
        }
    }

    // Of the mode, not of the user: to root everything is writable, and in a container everybody is root.
    private static bool IsReadOnly(UnixFileMode? mode, FileAttributes attributes) => mode is { } bits
        ? (bits & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0
        : attributes.HasFlag(FileAttributes.ReadOnly);
}
