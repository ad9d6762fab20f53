// Prints a Markdown table: a minute of load through the proxy while deploy-host.sh rolls a release out.
//   dotnet run --project benchmarks/Deploy
using System.Globalization;
using DuskStack.Containers;
using DuskStack.Containers.Tests;
using DuskStack.Containers.Tests.Deploy;

if (!TestEngine.IsThere || !SshHost.IsThere)
{
    await Console.Error.WriteLineAsync(TestEngine.IsThere ? "there is no sshd: install openssh-server" : "there is no container engine");
    return 1;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancellation.Cancel();
};
TimeSpan shortest = TimeSpan.FromSeconds(60);

await using HostProject project = await HostProject.Prepare(cancellation.Token);
await project.Deploy(HostProject.First, cancellation.Token);
await project.MakeSecrets(cancellation.Token);
(await project.Deploy(HostProject.First, cancellation.Token)).OrThrow();

Console.WriteLine($"Two replicas of the node starter with PostgreSQL behind the proxy, 8 connections without a pause; engine {TestEngine.Shared.Version}, {Environment.ProcessorCount} cores.");
Console.WriteLine();
Console.WriteLine("| deploy of | exit code | deploy s | load s | requests | failed GET | failed POST | p50 ms | p90 ms | p99 ms | p99.9 ms | slowest ms |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
foreach ((string release, string name) in new[] { (HostProject.Second, "a good release"), (HostProject.Broken, "one that never gets healthy") })
{
    DateTime start = DateTime.UtcNow;
    await using var load = new Load(project.Port, "/api/items", """{"name":"loaded"}""", connections: 8);
    ProcessOutcome deploy = await project.Deploy(release, cancellation.Token);
    if (DateTime.UtcNow - start < shortest)
        await Task.Delay(shortest - (DateTime.UtcNow - start), cancellation.Token);
    TimeSpan loaded = DateTime.UtcNow - start;
    await load.Stop();
    string[] percentiles = [.. new[] { 0.5, 0.9, 0.99, 0.999, 1 }.Select(p => load.Percentile(p).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture))];
    Console.WriteLine($"| {name} | {deploy.ExitCode} | {deploy.Duration.TotalSeconds:0} | {loaded.TotalSeconds:0} | {load.Requests} | {load.Failures.Count(f => !f.Writes)} | {load.Failures.Count(f => f.Writes)} | {string.Join(" | ", percentiles)} |");
    foreach (FailedRequest failure in load.Failures)
        await Console.Error.WriteLineAsync($"{failure.At:HH:mm:ss.fff} {(failure.Writes ? "POST" : "GET")} {failure.Reason}");
}

return 0;
