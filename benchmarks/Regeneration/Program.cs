using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuskStack;
using DuskStack.Planning;
using DuskStack.Regeneration;

// How long `duskstack generate` takes when nothing changed: as a process, and its parts inside one. Arguments: how many services, and a tool that is installed already.
var services = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
string[] stacks = ["node", "python", "spa", "nextjs"];
var root = Directory.CreateTempSubdirectory("duskstack-benchmark-").FullName;
var text = "version: 1\nname: big\nservices:\n" + string.Concat(Enumerable.Range(0, services).Select(i => $"  s{i:000}: {{ stack: {stacks[i % 4]}, path: s{i:000} }}\n"));
File.WriteAllText(Path.Combine(root, "duskstack.yaml"), text);
var published = Directory.CreateTempSubdirectory("duskstack-benchmark-tool-").FullName;
try
{
    var tool = args.Length > 1 ? args[1] : Publish(published);
    Run(tool);
    var files = Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).ToImmutableSortedDictionary(f => f, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
    var runs = Enumerable.Range(0, 7).Select(_ => Run(tool)).ToList();
    foreach (var (file, written) in files)
    {
        if (File.GetLastWriteTimeUtc(file) != written)
            throw new InvalidOperationException($"{file} was touched");
    }

    Console.WriteLine($"{services} services, {files.Count} files, none touched");
    Console.WriteLine("| | wall, best | wall, median | processor, best |");
    Console.WriteLine("|---|---|---|---|");
    Print("process, `generate` on an unchanged project", runs);
    Print("its parts without machine code, first time in a process", [Parts("cold")]);
    Print("its parts, when everything is compiled", [.. Enumerable.Range(0, 20).Select(_ => Parts(null)).Skip(10)]);
}
finally
{
    Directory.Delete(root, recursive: true);
    Directory.Delete(published, recursive: true);
}

static void Print(string name, List<(TimeSpan Wall, TimeSpan Processor)> runs) => Console.WriteLine(
    $"| {name} | {runs.Min(r => r.Wall).TotalMilliseconds:0} ms | {runs.Select(r => r.Wall).Order().ElementAt(runs.Count / 2).TotalMilliseconds:0} ms | {runs.Min(r => r.Processor).TotalMilliseconds:0} ms |");

// The tool as `dotnet pack` puts it into its packages: machine code.
static string Publish(string folder, [CallerFilePath] string here = "")
{
    var project = Path.GetFullPath(Path.Combine(here, "../../../src/Cli"));
    using var process = Process.Start("dotnet", ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true", "-v", "quiet", "-o", folder])!;
    process.WaitForExit();
    return process.ExitCode == 0 ? Path.Combine(folder, "duskstack") : throw new InvalidOperationException("the tool could not be published");
}

(TimeSpan Wall, TimeSpan Processor) Run(string tool)
{
    // The shell knows what a child took; .NET forgets it when the child has ended.
    var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
    start.ArgumentList.Add("-c");
    start.ArgumentList.Add("TIMEFORMAT='%R %U %S'; time \"$0\" generate --directory \"$1\" >/dev/null 2>&1");
    start.ArgumentList.Add(tool);
    start.ArgumentList.Add(root);
    using var process = Process.Start(start)!;
    var seconds = process.StandardError.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries).Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToList();
    process.WaitForExit();
    return (TimeSpan.FromSeconds(seconds[0]), TimeSpan.FromSeconds(seconds[1] + seconds[2]));
}

(TimeSpan Wall, TimeSpan Processor) Parts(string? print)
{
    var before = Environment.CpuUsage.TotalTime;
    var watch = Stopwatch.StartNew();
    var generation = Generator.Run(new("duskstack.yaml", File.ReadAllBytes(Path.Combine(root, "duskstack.yaml"))), (_, _) => null, new Facts { Today = new(2026, 1, 1), Exists = null });
    var rendered = watch.Elapsed;
    var request = new RegenerationRequest { Files = generation.Files, Tool = ToolVersion.Parse("0.1.0"), Now = DateTimeOffset.UtcNow, DryRun = true };
    Regenerator.Run(root, request);
    if (print is not null)
        Console.WriteLine($"| {print}: rendering {rendered.TotalMilliseconds:0} ms, comparing with the disk {(watch.Elapsed - rendered).TotalMilliseconds:0} ms | | | |");

    return (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
}
