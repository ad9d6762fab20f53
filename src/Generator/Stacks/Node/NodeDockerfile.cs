using System.Collections.Immutable;

namespace DuskStack.Stacks.Node;

/// <summary>What <c>stacks/node/Dockerfile.hbs</c> prints.</summary>
public sealed record NodeDockerfile : NodeImageModel
{
    public NodeDockerfile(StackRequest request, NodePackageManager manager, NodeCommands commands, NodeBundle? bundle)
        : base(request, manager, commands.Build, commands.Start, commands.Dev)
    {
        Outputs = commands.Outputs;
        Built = commands.Built;
        Bundle = bundle;
    }

    /// <summary>Files and folders of the application that production needs.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Those that hold nothing but results of the build.</summary>
    public ImmutableArray<string> Built { get; }

    /// <summary>Null when production gets its packages as they are installed.</summary>
    public NodeBundle? Bundle { get; }

    /// <summary>The stage that <see cref="Outputs"/> come from; empty for the sources as they are.</summary>
    public string OutputStage => Bundle is not null ? "bundle" : Build.Length > 0 ? "build" : "";

    public override string ModulesStage => Bundle is not null ? "bundle" : base.ModulesStage;

    public override string ProductionModules => Bundle is not null ? "/production/node_modules" : base.ProductionModules;
}
