using System.Diagnostics;
using System.Globalization;

// `dotnet new duskstack` out of its package beside `dotnet new console --no-restore`, in turn: the machine's speed changes, the ratio of a pair hardly.
int pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
DirectoryInfo work = Directory.CreateTempSubdirectory("duskstack-new-");
try
{
    string root = args.Length > 1 ? args[1] : Directory.GetCurrentDirectory(), hive = Path.Combine(work.FullName, "hive"), packages = Path.Combine(work.FullName, "packages");
    Run("build", Path.Combine(root, "Templates.csproj"), "-c", "Release", "-v", "q");
    TimeSpan packing = Run("pack", Path.Combine(root, "Templates.csproj"), "-c", "Release", "--no-build", "-o", packages);
    Run("new", "install", Directory.EnumerateFiles(packages, "*.nupkg").Single(), "--debug:custom-hive", hive);
    string[] duskstack = ["duskstack"], console = ["console", "--no-restore"];
    // The first run of each fills caches.
    New(duskstack);
    New(console);
    var times = Enumerable.Range(0, pairs).Select(_ => (Duskstack: New(duskstack), Console: New(console))).ToList();
    double[] ratios = [.. times.Select(t => t.Duskstack / t.Console).Order()];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        | | best s | median s |
        |---|--:|--:|
        | dotnet new duskstack | {times.Min(t => t.Duskstack).TotalSeconds:0.00} | {Median(times.Select(t => t.Duskstack.TotalSeconds)):0.00} |
        | dotnet new console --no-restore | {times.Min(t => t.Console).TotalSeconds:0.00} | {Median(times.Select(t => t.Console.TotalSeconds)):0.00} |

        ratio of {pairs} pairs: median {ratios[pairs / 2]:0.00}, {ratios[0]:0.00} to {ratios[^1]:0.00}; best of each {times.Min(t => t.Duskstack) / times.Min(t => t.Console):0.00}
        packing: {packing.TotalSeconds:0.0} s
        """));

    TimeSpan New(string[] template)
    {
        string folder = Path.Combine(work.FullName, "new");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return Run(["new", .. template, "-n", "shop", "-o", folder, "--no-update-check", "--debug:custom-hive", hive]);
    }
}
finally
{
    work.Delete(recursive: true);
}

static double Median(IEnumerable<double> values)
{
    double[] ordered = [.. values.Order()];
    return ordered[ordered.Length / 2];
}

static TimeSpan Run(params string[] words)
{
    var start = new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true };
    var watch = Stopwatch.StartNew();
    using Process process = Process.Start(start)!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException($"dotnet {string.Join(' ', words)}:\n{output}");
}
