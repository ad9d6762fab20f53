// Prints a Markdown table of the starters' images, a row for each stack, package manager and base:
//   dotnet run --project benchmarks/Images [-- WORD...]     rows that hold every word: `python uv`, `minimal`
using System.Globalization;
using DuskStack.Benchmarks;
using DuskStack.Containers.Tests;
using DuskStack.Containers.Tests.Matrix;

if (!TestEngine.IsThere)
{
    await Console.Error.WriteLineAsync("there is no container engine");
    return 1;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancellation.Cancel();
};

Console.WriteLine($"Starters in production (node and python with PostgreSQL and Redis); engine {TestEngine.Shared.Version}, {TestEngine.Shared.Storage}, {Environment.ProcessorCount} cores. MB are decimal and uncompressed; * marks a stand-in base.");
Console.WriteLine();
Console.WriteLine("| stack | package manager | base | image MB | MB above its base | published base + above, MB | cold build s | warm build s | start to healthy s | SIGTERM to exit s | memory at rest MiB |");
Console.WriteLine("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
foreach (MatrixCase each in MatrixCase.All.Where(c => args.All(word => word == c.Stack || word == c.Manager || word == c.Base)))
{
    await Console.Error.WriteLineAsync($"measuring {each.Stack}, {each.Manager}, {each.Base} ...");
    Measurement row = await Measurement.Of(each, cancellation.Token);
    long above = row.Size - row.BaseSize;
    string published = row.Base.Size is { } size ? Megabytes(size + above) : "unknown";
    Console.WriteLine($"| {each.Stack} | {each.Manager} | {each.Base}{(row.StandIn ? "*" : "")} | {Megabytes(row.Size)} | {Megabytes(above)} | {published} | {Seconds(row.ColdBuild)} | {Seconds(row.WarmBuild)} | {Seconds(row.Healthy)} | {row.Stop.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} | {row.Memory / 1048576.0:0} |");
}

return 0;

static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
