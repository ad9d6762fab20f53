using System.Collections.Immutable;
using DuskStack.Stacks.Node;
using DuskStack.Templating;

namespace DuskStack.Stacks.Nextjs;

/// <summary>What <c>stacks/nextjs/Dockerfile.hbs</c> prints.</summary>
public sealed record NextjsDockerfile : NodeImageModel
{
    public NextjsDockerfile(StackRequest request, NodePackageManager manager, NextjsCommands commands)
        : base(request, manager, commands.Build, commands.Start, commands.Dev)
    {
        Output = Escaping.Shell(commands.Output);
        Built = [commands.Output];
        HasStartFile = commands.HasStartFile;
    }

    /// <summary>The folder that the build writes into, as a word of the shell.</summary>
    public string Output { get; }

    /// <summary>The same as a line of the ignore file.</summary>
    public ImmutableArray<string> Built { get; }

    /// <summary>True when the server is started by the file that prepares it.</summary>
    public bool HasStartFile { get; }

    /// <summary>Not the stage `build`, which an edit in the sources runs again.</summary>
    public override string ModulesStage => "deps";

    public override string ProductionModules => "/app/node_modules";
}
