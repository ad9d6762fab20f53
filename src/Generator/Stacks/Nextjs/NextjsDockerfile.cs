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
        Server = Workspace is null ? $"{Output}/standalone" : $"{Output}/standalone/{Workspace.Folder}";
        BuildEnvironment = Workspace is null ? "NEXT_PRIVATE_STANDALONE=1" : "NEXT_PRIVATE_STANDALONE=1 NEXT_PRIVATE_OUTPUT_TRACE_ROOT=/app";
    }

    /// <summary>The folder that the build writes into, as a word of the shell.</summary>
    public string Output { get; }

    /// <summary>The same as a line of the ignore file.</summary>
    public ImmutableArray<string> Built { get; }

    /// <summary>True when the server is started by the file that prepares it.</summary>
    public bool HasStartFile { get; }

    /// <summary>The folder with server.js in it, as a word of the shell: the server repeats the folders of a workspace.</summary>
    public string Server { get; }

    /// <summary>Variables before the command of the build.</summary>
    public string BuildEnvironment { get; }

    /// <summary>Not the stage `build`, which an edit in the sources runs again.</summary>
    public override string ModulesStage => "deps";

    /// <summary>In a workspace every package may have some of its own.</summary>
    public override string ProductionModules => Workspace is null ? "/app/node_modules" : "/app";

    public override string DevelopmentReplaces => BuildsAtRoot ? $"{Output} next-env.d.ts" : "";

    public override string DevelopmentTool => Dev.Contains("node_modules/next/dist/bin/next") ? "next" : "";
}
