using System.Collections.Immutable;

namespace DuskStack.Containers;

/// <summary>An image to build.</summary>
/// <param name="Context">The folder that the build sees.</param>
/// <param name="Tag">The name of the result.</param>
public sealed record BuildRequest(string Context, string Tag)
{
    /// <summary>Null for <c>Dockerfile</c> in the context.</summary>
    public string? Dockerfile { get; init; }
    public string? Target { get; init; }
    public ImmutableDictionary<string, string> Arguments { get; init; } = ImmutableDictionary<string, string>.Empty;
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Values by id. They travel in the environment of the client, never on its command line.</summary>
    public ImmutableDictionary<string, string> Secrets { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>True: no layer of an earlier build is used. Cache mounts stay.</summary>
    public bool Fresh { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    public ProcessCall Call(Engine engine) => engine.Docker(
    [
        // Podman's own format has no place for a health check.
        "build", engine.IsPodman ? "--format=docker" : "--progress=plain", "--tag", Tag,
        .. Dockerfile is null ? [] : new[] { "--file", Path.Combine(Context, Dockerfile) },
        .. Target is null ? [] : new[] { "--target", Target },
        .. Arguments.SelectMany(a => new[] { "--build-arg", $"{a.Key}={a.Value}" }),
        .. Labels.SelectMany(l => new[] { "--label", $"{l.Key}={l.Value}" }),
        .. Secrets.Keys.SelectMany(id => new[] { "--secret", $"id={id},env={id}" }),
        .. Fresh ? ["--no-cache"] : Array.Empty<string>(),
        Context,
    ]) with
    {
        Timeout = Timeout,
        Environment = Secrets.ToImmutableDictionary(s => s.Key, s => (string?)s.Value),
    };
}
