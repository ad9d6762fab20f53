using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Manifests;
using DuskStack.Templating;

namespace DuskStack.Stacks.Python;

public enum PythonServer
{
    /// <summary>Another one, or none: it gets no options.</summary>
    Other,
    Uvicorn,
    Gunicorn,
}

/// <summary>How a python service is started, and run while someone works on it.</summary>
public sealed partial record PythonCommands(ImmutableArray<string> Start, ImmutableArray<string> Dev, PythonServer Server)
{
    /// <summary>In the image.</summary>
    private const string WorkspaceRoot = "/app";

    public static PythonCommands Of(StackService service)
    {
        ImmutableArray<string> start = service.Start?.Value ?? (service.WithoutPort ? ["python", "-m", "src.worker"] : ["uvicorn", "src.main:app"]);
        return new(start, service.Dev?.Value ?? FromSources(start, watch: true, service.Workspace is not null), ServerOf(start));
    }

    /// <summary>
    /// Servers reload by themselves, the folder of the application only; what else is Python is started again by
    /// <c>watchfiles</c>, which has to be among the development dependencies. A project that this does not fit names its own command by <c>dev</c>.
    /// In a workspace both look after all of its packages in the image; gunicorn looks after what it has imported, wherever that lies.
    /// </summary>
    /// <param name="start">The command of production.</param>
    /// <param name="watch">True when it should start again after each change.</param>
    /// <param name="workspace">True for a package of a workspace.</param>
    public static ImmutableArray<string> FromSources(ImmutableArray<string> start, bool watch, bool workspace = false) => (watch, ServerOf(start), start[0]) switch
    {
        (false, _, _) => start,
        (true, PythonServer.Uvicorn, _) => start.Contains("--reload") ? start : [.. start, "--reload", .. (workspace ? WorkspaceRoot : Folder(start)) is { } folder ? new[] { "--reload-dir", folder } : []],
        (true, PythonServer.Gunicorn, _) => start.Contains("--reload") ? start : [.. start, "--reload"],
        (true, _, "python" or "celery") => ["watchfiles", "--filter", "python", string.Join(' ', start.Select(Escaping.Shell)), .. workspace ? new[] { WorkspaceRoot } : []],
        _ => start,
    };

    private static PythonServer ServerOf(ImmutableArray<string> start) => (start is ["python", "-m", var module, ..] ? module : start[0]) switch
    {
        "uvicorn" => PythonServer.Uvicorn,
        "gunicorn" => PythonServer.Gunicorn,
        _ => PythonServer.Other,
    };

    /// <summary>The folder of <c>src.main:app</c>; null for a module that lies at the top.</summary>
    private static string? Folder(ImmutableArray<string> start) =>
        start.Select(word => Application().Match(word)).FirstOrDefault(match => match.Success)?.Groups["folder"].Value;

    [GeneratedRegex(@"^(?<folder>[A-Za-z_]\w*)\.[\w.]+:\w+")]
    private static partial Regex Application();
}
