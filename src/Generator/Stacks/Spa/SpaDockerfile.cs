using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Stacks.Node;

namespace DuskStack.Stacks.Spa;

/// <summary>What <c>stacks/spa/Dockerfile.hbs</c> prints.</summary>
public sealed record SpaDockerfile : NodeImageModel
{
    public SpaDockerfile(StackRequest request, NodePackageManager manager, SpaCommands commands)
        : base(request, manager, commands.Build, ["nginx"], commands.Dev)
    {
        Output = commands.Output;
        Built = commands.Build.IsEmpty ? [] : [commands.Output];
        string file = request.DockerfilePath[(request.DockerfilePath.LastIndexOf('/') + 1)..];
        ServerFolder = file == "Dockerfile" ? "nginx" : $"nginx-{Service}";
        ServerPort = SpaServer.PortOf(request);
        int seconds = Math.Max(1, ProbeTimeout / 1000);
        ServerProbe = ["wget", "-q", "--spider", "-T", seconds.ToString(CultureInfo.InvariantCulture), $"http://127.0.0.1:{ServerPort}{ProbePath}"];
    }

    /// <summary>The folder with index.html, relative to the context.</summary>
    public string Output { get; }
    public ImmutableArray<string> Built { get; }

    /// <summary>Where the files of nginx lie, beside the Dockerfile; two sites of one folder have one each.</summary>
    public string ServerFolder { get; }
    public int ServerPort { get; }

    /// <summary>Production has no node: busybox' wget asks.</summary>
    public ImmutableArray<string> ServerProbe { get; }

    /// <summary>Vite keeps what it prepares beside the packages, which belong to root.</summary>
    public override string DevelopmentFolders => "node_modules/.vite node_modules/.vite-temp";

    public override string DevelopmentTool => Dev.Contains("node_modules/vite/bin/vite.js") ? "vite" : "";
}
