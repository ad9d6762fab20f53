using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DuskStack.Planning;

namespace DuskStack.Containers.Tests;

/// <summary>
/// A generated Compose file, run under names and ports of its own, so that it meets nothing else on this engine. Disposing takes
/// away its containers, networks, volumes and images.
/// </summary>
public sealed class TestStack : IAsyncDisposable
{
    private readonly List<string> further = [];

    private TestStack(ComposeProject project, ImmutableArray<string> images, HttpClient client)
    {
        Project = project;
        Images = images;
        Client = client;
        // A kept connection would lead to a container that a test has stopped or replaced meanwhile.
        Client.DefaultRequestHeaders.ConnectionClose = true;
    }

    public ComposeProject Project { get; }

    /// <summary>Images that the project builds, in the order of the manifest.</summary>
    public ImmutableArray<string> Images { get; }

    /// <summary>Asks the first application that can be reached from this machine.</summary>
    public HttpClient Client { get; }

    public int Port(string variable) => int.Parse(Project.Environment[variable]!, CultureInfo.InvariantCulture);

    public static TestStack Of(TestFolder folder, Plan plan, bool production, params (string Name, string Value)[] variables) =>
        Of(folder, plan, production, production ? "compose.prod.yaml" : "compose.yaml", variables);

    /// <param name="folder">The generated project.</param>
    /// <param name="plan">What it was generated from.</param>
    /// <param name="production">True for production's ports and image names.</param>
    /// <param name="file">A Compose file of the test's, which includes the generated one.</param>
    /// <param name="variables">Further ones of that file.</param>
    public static TestStack Of(TestFolder folder, Plan plan, bool production, string file, params (string Name, string Value)[] variables)
    {
        string id = $"{plan.Name}-{Path.GetRandomFileName()[..6]}";
        var environment = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        environment["TAG"] = id;
        foreach (VariablePlan port in plan.Variables.Where(v => v.Name.EndsWith("_PORT", StringComparison.Ordinal)))
            environment[port.Name] = FreePort().ToString(CultureInfo.InvariantCulture);
        foreach ((string name, string value) in variables)
            environment[name] = value;

        string main = production && plan.Proxy is not null ? "HTTP_PORT" : MainPort(plan, production);
        return new(
            new(TestEngine.Shared, folder.Path, file, id) { Environment = environment.ToImmutable() },
            [.. plan.Images.Select(i => production ? $"{i.Repository}:{id}" : $"{id}-{i.Name}")],
            new() { BaseAddress = new($"http://127.0.0.1:{environment[main]}"), Timeout = TimeSpan.FromSeconds(20) });
    }

    private static string MainPort(Plan plan, bool production)
    {
        ContainerPlan[] listening = [.. plan.Containers.Where(c => c is { Role: ContainerRole.Application, Port: not null })];
        return (listening.FirstOrDefault(c => production && !c.Production.Ports.IsEmpty) ?? listening[0]).Development!.Ports[0].Variable;
    }

    /// <summary>Asks the service whose published port is in <paramref name="variable"/>.</summary>
    public HttpClient ClientTo(string variable) => new() { BaseAddress = new($"http://127.0.0.1:{Port(variable)}"), Timeout = TimeSpan.FromSeconds(20), DefaultRequestHeaders = { ConnectionClose = true } };

    /// <summary>A name for one more build of the first image, which goes away with the others.</summary>
    public string FurtherImage(string suffix)
    {
        further.Add($"{Images[0]}-{suffix}");
        return further[^1];
    }

    /// <summary>Starts it and waits for its health; a failure shows what its containers say.</summary>
    public async Task Up(CancellationToken cancellation, params ImmutableArray<string> arguments)
    {
        ProcessOutcome up = await Project.Up(cancellation, arguments);
        if (!up.Succeeded)
            throw new InvalidOperationException($"{up.Call} failed:\n{up.Errors}\n{await Project.Logs(cancellation)}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Project.Down(volumes: true, CancellationToken.None);
        await Project.Engine.Docker(["image", "rm", "--force", .. Images, .. further]).Run(CancellationToken.None);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
