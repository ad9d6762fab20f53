using System.Collections.Immutable;
using DuskStack.Manifests;
using DuskStack.Templating;

namespace DuskStack.Stacks.Node;

/// <summary>What Dockerfiles print of the workspace around a package.</summary>
public sealed record NodeWorkspace
{
    public NodeWorkspace(string folder, NodePackageManager manager, StackRequest request)
    {
        BuildSection build = request.Service.Build;
        WorkspaceInstall part = manager.Workspace;
        ImmutableArray<string> read = [.. build.Install.Select(i => i.Value)];
        Folder = folder;
        Foreign = request.Foreign;
        LockFile = manager.LockFile;
        Members = part.Members;
        WantsAllMembers = part.WantsAllMembers;
        StripsDevelopment = part.StripsDevelopment;
        NamesMembers = part.NamesMembers;
        CopiesMembers = part.CopiesMembers;
        RootFiles = Words([manager.LockFile, .. part.Files, .. read]);
        MemberFiles = Words(["patches", .. read]);
        Install = part.Install;
        InstallProduction = part.InstallProduction;
        BuildsMembers = build.Command is null;
        BuildMember = part.Build;
        PackProgram = part.Pack[0];
        PackArguments = Words(part.Pack[1..]);
    }

    /// <summary>The package, relative to the root of the workspace.</summary>
    public string Folder { get; }

    /// <summary>Folders of other services that are no members, relative to the root.</summary>
    public ImmutableArray<string> Foreign { get; }
    public string LockFile { get; }

    /// <summary>JavaScript, as in <see cref="WorkspaceInstall.Members"/>.</summary>
    public string Members { get; }
    public bool WantsAllMembers { get; }
    public bool StripsDevelopment { get; }
    public bool NamesMembers { get; }
    public bool CopiesMembers { get; }

    /// <summary>What the install reads at the root, as a list of JavaScript.</summary>
    public string RootFiles { get; }

    /// <summary>What it reads in the folder of a member, as a list of JavaScript.</summary>
    public string MemberFiles { get; }
    public string Install { get; }
    public string InstallProduction { get; }

    /// <summary>True when members are built one by one before the package; false for a command of the manifest's own, which runs at the root and builds what it wants.</summary>
    public bool BuildsMembers { get; }

    /// <summary>Builds the member in the folder <c>$folder</c>.</summary>
    public string BuildMember { get; }
    public string PackProgram { get; }

    /// <summary>A list of JavaScript.</summary>
    public string PackArguments { get; }

    private static string Words(ImmutableArray<string> words) => $"[{string.Join(", ", words.Select(Escaping.JavaScript))}]";
}
