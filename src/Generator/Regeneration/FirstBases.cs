using System.Collections.Immutable;
using System.Text;
using DuskStack.Outputs;

namespace DuskStack.Regeneration;

/// <summary>
/// What was generated last, of a project that <c>dotnet new</c> wrote and nothing has written to since. Such a project has no bases: they would say what
/// its files say, and take <c>dotnet new</c> as long. It has the manifest as it was, from which they are rendered; the first run that writes anything
/// writes them before.
/// </summary>
public static class FirstBases
{
    private const string Note = "# The manifest as `dotnet new duskstack` wrote it. What was generated is told from it until duskstack writes something; then it goes. Do not edit it.\n";

    /// <summary>What <c>dotnet new</c> writes at <see cref="OwnPaths.First"/>: what the file is, and the manifest as it is.</summary>
    public static ImmutableArray<(string Id, string Text)> Record(ImmutableArray<(string Id, string Text)> manifest) => [("note", Note), .. manifest];

    /// <summary>The bases that are not written yet, by path.</summary>
    /// <param name="state">What the project says of itself.</param>
    /// <param name="record">What is at <see cref="OwnPaths.First"/>.</param>
    /// <param name="request">Renders it, and names the version that does.</param>
    internal static ImmutableDictionary<string, FileText> Render(State? state, OnDisk record, RegenerationRequest request)
    {
        if (state is null || record is not OnDisk.Regular file || request.RenderFirst is not { } render || !CanRender(state, request))
            return ImmutableDictionary<string, FileText>.Empty;

        return render(Encoding.UTF8.GetString(file.Text.Raw.Span))
            .Where(r => r.Class != FileClass.Once && state.Files.GetValueOrDefault(r.Path) is { Class: StateClass.Managed or StateClass.Block })
            .ToImmutableDictionary(r => r.Path, r => FileText.Of(r.Content), StringComparer.Ordinal);
    }

    /// <summary>False where another version generated the files: what it would make of the record is not what that one made.</summary>
    internal static bool CanRender(State state, RegenerationRequest request) => state.Templates.Text == request.Tool.Text;

    /// <summary>The changes that write them and take the record away.</summary>
    internal static ImmutableArray<FileChange> Writes(Snapshot snapshot) =>
    [
        .. snapshot.UnwrittenBases.Order(StringComparer.Ordinal).Select(path => new FileChange
        {
            Path = path,
            Action = FileAction.Unchanged,
            Row = "first",
            Before = snapshot.Entry(path),
            After = snapshot.Entry(path),
            Base = CopyChange.Put(snapshot.Bases[path]),
        }),
        new FileChange { Path = OwnPaths.First, Action = FileAction.Deleted, Row = "own", Remove = OwnPaths.First, Replaces = snapshot.File(OwnPaths.First) as OnDisk.Regular },
    ];
}
