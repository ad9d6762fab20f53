using System.Collections.Immutable;

namespace DuskStack.Stacks.Node;

/// <summary>What <c>stacks/node/Dockerfile.hbs</c> prints.</summary>
public sealed record NodeDockerfile : NodeImageModel
{
    public NodeDockerfile(StackRequest request, NodePackageManager manager, NodeCommands commands)
        : base(request, manager, commands.Build, commands.Start, commands.Dev)
    {
        Outputs = commands.Outputs;
        Built = commands.Built;
    }

    /// <summary>Files and folders of the application that production needs.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Those that hold nothing but results of the build.</summary>
    public ImmutableArray<string> Built { get; }
}
