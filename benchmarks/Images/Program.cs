// Prints a Markdown table of the node starter's images, per package manager:
//   dotnet run --project benchmarks/Images [-- npm pnpm yarn]
using System.Globalization;
using DuskStack.Benchmarks;
using DuskStack.Containers.Tests;

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

var rows = new List<Measurement>();
foreach (string manager in args.Length > 0 ? args : ["npm", "pnpm", "yarn"])
{
    await Console.Error.WriteLineAsync($"measuring {manager} ...");
    rows.Add(await Measurement.Of(manager, cancellation.Token));
}

string standIn = rows[0].StandIn ? " (stand-in base)" : "";
Console.WriteLine($"Node starter with PostgreSQL and Redis; base {rows[0].Base.Reference}{standIn}; engine {TestEngine.Shared.Version}, {TestEngine.Shared.Storage}, {Environment.ProcessorCount} cores. MB are decimal and uncompressed.");
Console.WriteLine();
Console.WriteLine($"| package manager | image MB{standIn} | MB above its base | published base + above, MB | cold build s | warm build s | start to healthy s | SIGTERM to exit s | memory at rest MiB |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
foreach (Measurement row in rows)
{
    long above = row.Size - row.BaseSize;
    string published = row.Base.Size is { } size ? Megabytes(size + above) : "unknown";
    Console.WriteLine($"| {row.PackageManager} | {Megabytes(row.Size)} | {Megabytes(above)} | {published} | {Seconds(row.ColdBuild)} | {Seconds(row.WarmBuild)} | {Seconds(row.Healthy)} | {row.Stop.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} | {row.Memory / 1048576.0:0} |");
}

return 0;

static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
