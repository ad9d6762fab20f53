using System.Collections.Immutable;

namespace DuskStack.Containers;

/// <summary>A container to start.</summary>
public sealed record RunRequest(string Image)
{
    /// <summary>Empty: the image's own command.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Null: the image's own.</summary>
    public string? Entrypoint { get; init; }
    public string? User { get; init; }
    public string? Network { get; init; }

    /// <summary>The name under which others on <see cref="Network"/> find it.</summary>
    public string? Alias { get; init; }
    public string? Memory { get; init; }
    public bool Init { get; init; }
    public bool ReadOnly { get; init; }
    public bool DropCapabilities { get; init; }
    public bool NoNewPrivileges { get; init; }
    public ImmutableArray<string> Tmpfs { get; init; } = [];

    /// <summary><c>volume:/path</c>.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];

    /// <summary>Ports of the container that get a free port of 127.0.0.1.</summary>
    public ImmutableArray<int> Publish { get; init; } = [];
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>As production runs it: nothing writable but /tmp, no capability, no way to more rights.</summary>
    public static RunRequest Hardened(string image) => new(image)
    {
        ReadOnly = true,
        DropCapabilities = true,
        NoNewPrivileges = true,
        Tmpfs = ["/tmp:size=16m,mode=1777"],
    };

    public ProcessCall Call(Engine engine) => engine.Docker(
    [
        "run", "--detach", "--pull=never",
        .. Option("--entrypoint", Entrypoint), .. Option("--user", User), .. Option("--network", Network), .. Option("--network-alias", Alias), .. Option("--memory", Memory),
        .. Flag("--init", Init), .. Flag("--read-only", ReadOnly), .. Flag("--cap-drop=ALL", DropCapabilities), .. Flag("--security-opt=no-new-privileges:true", NoNewPrivileges),
        .. Tmpfs.SelectMany(t => Option("--tmpfs", t)),
        .. Volumes.SelectMany(v => Option("--volume", v)),
        .. Publish.SelectMany(p => Option("--publish", $"127.0.0.1::{p}")),
        .. Environment.SelectMany(e => Option("--env", $"{e.Key}={e.Value}")),
        .. Labels.SelectMany(l => Option("--label", $"{l.Key}={l.Value}")),
        Image,
        .. Command,
    ]);

    private static string[] Option(string name, string? value) => value is null ? [] : [name, value];

    private static string[] Flag(string name, bool on) => on ? [name] : [];
}
