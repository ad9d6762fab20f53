using System.Collections.Immutable;
using Microsoft.TemplateEngine.Abstractions;
using Microsoft.TemplateEngine.Abstractions.Installer;
using Microsoft.TemplateEngine.Edge;
using Microsoft.TemplateEngine.Edge.Settings;
using Microsoft.TemplateEngine.Edge.Template;

namespace DuskStack.Templates.Tests;

/// <summary>The SDK's template engine over a file system in memory.</summary>
internal sealed class InProcessEngine : IDisposable
{
    private readonly DefaultTemplateEngineHost host;
    private readonly EngineEnvironmentSettings settings;
    private readonly TemplateCreator creator;
    private readonly ITemplateInfo template;
    private readonly string root;
    private int made;

    private InProcessEngine(DefaultTemplateEngineHost host, EngineEnvironmentSettings settings, ITemplateInfo template, string root) =>
        (this.host, this.settings, creator, this.template, this.root) = (host, settings, new(settings), template, root);

    /// <param name="package">A package, or a folder with a template.</param>
    public static async Task<InProcessEngine> Install(string package)
    {
        var host = new DefaultTemplateEngineHost("duskstack-tests", "1.0", null, [.. Microsoft.TemplateEngine.Edge.Components.AllComponents, .. Microsoft.TemplateEngine.Orchestrator.RunnableProjects.Components.AllComponents]);
        string root = Path.Combine(Path.GetTempPath(), $"duskstack-in-memory-{Guid.NewGuid():n}");
        var settings = new EngineEnvironmentSettings(host, virtualizeSettings: true, settingsLocation: Path.Combine(root, "settings"));
        host.VirtualizeDirectory(Path.Combine(root, "new"));
        using var packages = new TemplatePackageManager(settings);
        IReadOnlyList<InstallResult> installed = await packages.GetBuiltInManagedProvider().InstallAsync([new InstallRequest(package)], default);
        if (installed.FirstOrDefault(i => !i.Success) is { } failed)
            throw new InvalidOperationException(failed.ErrorMessage);
        ITemplateInfo template = (await packages.GetTemplatesAsync(default)).Single(t => t.ShortNameList.Contains("duskstack"));
        return new(host, settings, template, Path.Combine(root, "new"));
    }

    public async Task<ImmutableSortedDictionary<string, string>> New(NewProjectCase call)
    {
        string folder = Path.Combine(root, $"{made++}");
        ITemplateCreationResult result = await creator.InstantiateAsync(template, call.Name, null, folder, call.Options);
        if (result.Status != CreationResultStatus.Success)
            throw new InvalidOperationException($"{call}: {result.Status}: {result.ErrorMessage}");
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string file in host.FileSystem.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // As bytes, so that every difference counts.
            using Stream stream = host.FileSystem.OpenRead(file);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = System.Text.Encoding.Latin1.GetString(bytes.ToArray());
        }

        host.FileSystem.DirectoryDelete(folder, true);
        return files.ToImmutable();
    }

    public void Dispose()
    {
        settings.Dispose();
        host.Dispose();
    }
}
