using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary>Paths of the project, of containers and of URLs. Their characters mean nothing to a shell, to Docker and to nginx.</summary>
internal static class PathTypes
{
    /// <summary>Inside the project. Kept without <c>./</c> at the beginning and <c>/</c> at the end; the root is <c>.</c>.</summary>
    public static readonly TextType Project = new("a relative path with `/`, such as `services/api`", "[A-Za-z0-9._@+-]+(/[A-Za-z0-9._@+-]+)*/?")
    {
        Code = DiagnosticCodes.BadPath,
        MaxLength = 400,
        Normalise = Tidy,
        Objection = path => path.Split('/') switch
        {
            var segments when segments.Contains("..") => "the path must stay inside the project: `..` is not possible",
            var segments when path != "." && segments.Contains(".") => "leave `.` out of the path",
            var segments when segments.Any(IsReserved) => "`.git` and `.duskstack` belong to tools",
            var segments when segments.Any(segment => segment.EndsWith('.') && segment != ".") => "no part of a path may end with a dot",
            _ => null,
        },
        Advice = PathAdvice,
    };

    /// <summary>A file outside or inside the project, for <c>extends</c> only.</summary>
    public static readonly TextType Defaults = new("the relative path of a local file, such as `../platform/duskstack.defaults.yaml`", "[A-Za-z0-9._@+ -]+(/[A-Za-z0-9._@+ -]+)*")
    {
        Code = DiagnosticCodes.BadPath,
        MaxLength = 400,
        Advice = path => path.Contains("://", StringComparison.Ordinal) ? "only local files can be extended: nothing is fetched from the network" : PathAdvice(path),
    };

    /// <summary>Inside a container.</summary>
    public static readonly TextType Container = new("an absolute path such as `/app/uploads`", "(/[A-Za-z0-9._@+-]+)+")
    {
        Code = DiagnosticCodes.BadPath,
        MaxLength = 400,
        Objection = path => path.Split('/') switch
        {
            var segments when segments.Any(segment => segment is "." or "..") => "write the path without `.` and `..`",
            [_, "proc" or "sys" or "dev", ..] => "`/proc`, `/sys` and `/dev` belong to the container engine",
            _ => null,
        },
        Advice = path => path switch
        {
            "/" => "a volume cannot hide the whole image; name a folder",
            ['/', .., '/'] => $"write it without the last `/`: {Quoted.Text(path.TrimEnd('/'))}",
            _ when path.Contains("//", StringComparison.Ordinal) => "write a single `/` between folders",
            _ when path.Length > 0 && path[0] != '/' => "paths in a container start with `/`",
            _ => null,
        },
    };

    /// <summary>Of a URL: whole segments, no query and no pattern.</summary>
    public static readonly TextType Url = new("a URL path such as `/api`", "/|(/[A-Za-z0-9._~-]+)+")
    {
        Code = DiagnosticCodes.BadPath,
        MaxLength = 200,
        Objection = path => path.Split('/').Any(segment => segment is "." or "..") ? "write the path without `.` and `..`" : null,
        Advice = path => path switch
        {
            ['/', .., '/'] => $"write it without the last `/`: {Quoted.Text(path.TrimEnd('/'))}; everything below it is meant too",
            _ when path.Contains("://", StringComparison.Ordinal) => "only the path is written; a route names its host with `host`",
            _ when path.Any("*^$()[]{}|\\?".Contains) => "no patterns: `/api` means itself and everything below it",
            _ when path.Length > 0 && path[0] != '/' => $"did you mean {Quoted.Text("/" + path)}?",
            _ => null,
        },
    };

    private static string? PathAdvice(string path) => path switch
    {
        _ when path.Contains('\\', StringComparison.Ordinal) => $"write `/` between folders: {Quoted.Text(path.Replace('\\', '/'))}",
        ['/', ..] or [_, ':', ..] or ['~', ..] => "write the path relative to the manifest",
        _ when path.Contains(' ', StringComparison.Ordinal) => "rename the folder: a path with spaces breaks scripts and Dockerfiles",
        _ => null,
    };

    private static string Tidy(string path)
    {
        if (path.Length == 0) return path;
        while (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        path = path.Length > 1 && path.EndsWith('/') ? path[..^1] : path;
        return path.Length == 0 ? "." : path;
    }

    private static bool IsReserved(string segment) => segment.Equals(".git", StringComparison.OrdinalIgnoreCase) || segment.Equals(".duskstack", StringComparison.OrdinalIgnoreCase);
}
