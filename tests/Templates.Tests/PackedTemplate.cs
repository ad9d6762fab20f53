using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using Xunit;

[assembly: AssemblyFixture(typeof(DuskStack.Templates.Tests.PackedTemplate))]

namespace DuskStack.Templates.Tests;

/// <summary>The package as <c>dotnet pack</c> makes it, once for all tests.</summary>
public sealed class PackedTemplate : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("duskstack-template-");

    public string Package => Directory.EnumerateFiles(At("package"), "*.nupkg").Single();

    /// <summary>The package, unpacked.</summary>
    public string Unpacked => At("unpacked");

    /// <summary>The template's own folder in it.</summary>
    public string Content => Path.Combine(Unpacked, "content", "duskstack");

    public string At(string path) => Path.Combine(folder.FullName, path);

    public async ValueTask InitializeAsync()
    {
        await Pack(At("package"), At("folded"));
        await ZipFile.ExtractToDirectoryAsync(Package, Unpacked);
    }

    /// <param name="package">The folder that gets the package.</param>
    /// <param name="folded">The folder that gets its content.</param>
    public static Task Pack(string package, string folded)
    {
        string configuration = typeof(PackedTemplate).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Run(Repository.Root, "pack", "Templates.csproj", "--no-build", "--configuration", configuration, "--output", package, $"-p:FoldedContent={folded}/");
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs <c>dotnet</c>, in English and without asking a server.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> Run(string workingFolder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = workingFolder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // These are set by the process that runs the tests, and would name its own SDK and build server.
        foreach (string variable in new[] { "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath" })
            start.Environment.Remove(variable);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
    }
}
