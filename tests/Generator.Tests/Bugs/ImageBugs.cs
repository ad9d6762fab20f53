using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Images;
using DuskStack.Tests.Bugs.Reading;

namespace DuskStack.Tests.Bugs;

/// <summary>What goes wrong in Dockerfiles.</summary>
internal static class ImageBugs
{
    private const string NodeInstall = @"\b(npm (ci|install)|pnpm (install|deploy)|yarn (install|workspaces focus))\b";
    private const string WithoutDevelopment = @"--only[= ]prod|--omit[= ]dev|--prod(uction)?\b|focus --production";

    public static ImmutableArray<Bug> All { get; } =
    [
        new Bug.InFiles("B01", "development dependencies are left out before the build that needs them", t => EachDockerfile(t, d =>
            from stage in d.Stages
            where stage.Instructions.Any(i => i.Keyword == "RUN" && i.Commands.Any(c => Regex.IsMatch(c, @"\b(npm|pnpm|yarn)\b.* (run )?build\b|\b(next|vite) build|(^|/| )tsc\b")))
            from below in d.Chain(stage).Concat(stage.Instructions.Where(i => i.Keyword == "COPY" && i.CopySources.Any(s => s.EndsWith("node_modules", StringComparison.Ordinal))).Select(i => d.Stage(i.Option("from") ?? "")).OfType<Stage>().SelectMany(s => d.Chain(s)))
            from install in below.Instructions
            where install.Keyword == "RUN" && install.Commands.Any(c => Regex.IsMatch(c, NodeInstall) && Regex.IsMatch(c, WithoutDevelopment))
            select $"{install.Line}: {install.Text}"),
            "Image_of_the_npm_starter.It_becomes_healthy_and_answers"),

        new Bug.InFiles("B02", "the image takes its packages from a stage with those of development", t => EachDockerfile(t, d =>
            from copy in d.Final.Instructions
            where copy.Keyword == "COPY" && copy.CopySources.Any(s => s.EndsWith("/node_modules", StringComparison.Ordinal))
            let stage = d.Stage(copy.Option("from") ?? "")
            where stage is null || !d.Chain(stage).SelectMany(s => s.Instructions).Where(i => i.Keyword == "RUN").SelectMany(i => i.Commands).Any(c => Regex.IsMatch(c, WithoutDevelopment) || c.Contains("bundle.mjs", StringComparison.Ordinal))
            select $"{copy.Line}: {copy.Text}"),
            "Image_of_the_npm_starter.It_holds_nothing_that_production_does_not_need"),

        new Bug.InFiles("B03", "package.json, which says what kind of modules there are, stays behind", t => EachDockerfile(t, d =>
            from copy in d.Final.Instructions
            where copy.Keyword == "COPY" && copy.CopySources.Any(s => Regex.IsMatch(s, "(^|/)dist/?$"))
            where d.Final.Instructions.Any(i => i.Keyword == "CMD" && i.Words is ["node", ..])
            where !d.Final.Instructions.Any(i => i.Keyword == "COPY" && i.CopySources.Any(s => Regex.IsMatch(s, @"(^|/)package(\*)?\.json$|/production/?$|/(app|prod|deploy)/?$")))
            select $"{copy.Line}: no package.json beside {copy.Text}")),

        new Bug.InFiles("B05", "a user is added without the group that was made for it", t => Running(t, @"^(adduser|useradd)\b")),

        new Bug.InFiles("B06", "the user is a name, which Kubernetes cannot tell from root", t => EachDockerfile(t, d =>
            [
                .. d.All.Where(i => i.Keyword == "USER" && !Regex.IsMatch(i.Text, @"^\d+(:\d+)?$")).Select(i => $"{i.Line}: USER {i.Text}"),
                .. d.InImage.Any(i => i.Keyword == "USER") ? Array.Empty<string>() : ["the last stage has no USER"],
            ]),
            "Image_of_the_npm_starter.It_runs_as_a_numeric_user_who_is_not_root"),

        new Bug.InFiles("B07", "Node.js does not know that it is in production", t => EachDockerfile(t, d =>
            d.Final.Instructions.Any(i => i.Keyword is "CMD" or "ENTRYPOINT" && i.Words is ["node", ..] or ["/nodejs/bin/node", ..]) && d.Variable("NODE_ENV") != "production" ? ["NODE_ENV is not set to production"] : [])),

        new Bug.InFiles("B16", "a tag names a major version alone, and means something else tomorrow", t => Images(t).Where(i =>
            !Regex.IsMatch(i.Reference, @":[^:/]*\d+\.\d+|:RELEASE\.\d|@sha256:")
            // distroless publishes no versions; a version past its end is not built again, so its tag stays what it is.
            && !i.Reference.Contains("gcr.io/distroless/", StringComparison.Ordinal) && ImageCatalog.Shared.All.All(row => !i.Reference.EndsWith(row.Reference, StringComparison.Ordinal) || row.EndOfLife is not { } end || end >= Snapshots.SnapshotCase.Today))
            .Select(i => $"{i.Where}: {i.Reference}")),

        new Bug.InFiles("B17", "an image without a tag, or with `latest`", t =>
            [
                .. Images(t).Where(i => !Regex.IsMatch(i.Reference, @":[^/]+$|@sha256:")).Select(i => $"{i.Where}: {i.Reference}"),
                .. t.Matching(@"[a-z0-9]:latest\b"),
            ]),

        new Bug.InFiles("B18", "an image that nobody looks after any more", t => t.Matching(@"\bankane/pgvector\b")),

        new Bug.InFiles("B19", "packages in a home that the image's user cannot enter", t => t.Matching(@"/root/\.local|pip3? install .*--user\b", "Dockerfile"),
            "Python_packages.Are_compiled_stripped_and_can_be_imported_on_a_read_only_root"),

        new Bug.InFiles("B20", "compilers and clients in the image that production runs", t => EachDockerfile(t, d =>
            from run in d.InImage
            where run.Keyword == "RUN"
            from command in run.Commands
            where Regex.IsMatch(command, @"^(apt-get|apt|apk)\b.*\b(install|add)\b.* (gcc|g\+\+|make|build-essential|build-base|\S+-dev|curl|wget|git|postgresql-client)\b")
            select $"{run.Line}: {command}")),

        new Bug.InFiles("B25", "`node` twice: the image's entrypoint is node already", t => EachDockerfile(t, d =>
            d.FinalBase.Contains("distroless/nodejs", StringComparison.Ordinal)
                && d.InImage.LastOrDefault(i => i.Keyword == "CMD")?.Words is ["node" or "/nodejs/bin/node", ..]
                && d.InImage.LastOrDefault(i => i.Keyword == "ENTRYPOINT") is null ? ["CMD begins with node, and the entrypoint of the base is not taken away"] : []),
            "Every_node_image.Works"),

        new Bug.InFiles("B26", "a shell script in an image without a shell", t => EachDockerfile(t, d =>
            HasShell(d.FinalBase) ? [] : d.Final.Instructions.Where(i => i.Keyword == "RUN" || (i.Keyword is "CMD" or "ENTRYPOINT" && (i.Words is null || i.Words.Value.Any(w => Regex.IsMatch(w, @"\.sh$|^(/bin/)?(ba|a)?sh$")))))
                .Select(i => $"{i.Line}: {i.Keyword} {i.Text}"))),

        new Bug.WhenRun("B27", "a package of a workspace without the links to what it depends on", "Packages_of_a_workspace.Its_links_lead_somewhere_and_are_relative"),

        new Bug.InFiles("B28", "Corepack, which Node.js has no more, or a package manager of any version", t =>
            [
                .. Running(t, @"\bcorepack\b"),
                .. Running(t, @"\bnpm (i|install) (-g|--global)\b(?!.* \S+@\d)"),
            ]),

        new Bug.InFiles("B29", "an install that takes no lockfile at its word, or loads everything anew each time", t => EachDockerfile(t, d =>
            from run in d.All
            where run.Keyword == "RUN"
            from command in run.Commands
            where Regex.IsMatch(command, @"^(npm ci|pnpm (install|fetch)|yarn (install|workspaces focus)|uv sync)\b")
            where !Regex.IsMatch(command, @"npm ci|--frozen-lockfile|--immutable|--locked|yarn workspaces focus|--offline") || !run.Options.Any(o => o.StartsWith("--mount=type=cache", StringComparison.Ordinal))
            select $"{run.Line}: {command}")),

        new Bug.InFiles("B30", "tests and linters run while the image of production is built", t => Running(t, @"\b(npm|pnpm|yarn)\b.* (run )?(lint|test|typecheck|type-check)\b|\b(pytest|ruff|mypy|eslint|vitest)\b$")),

        new Bug.InFiles("B31", "a group is added that the base has already", t => Running(t, @"^(addgroup|groupadd)\b")),

        new Bug.InFiles("B41", "Next.js listens at the container's name, and nowhere else", t => EachDockerfile(t, d =>
        {
            if (!d.Source.Contains(".next/standalone", StringComparison.Ordinal) || d.All.Any(i => i.Document.Contains("process.env.HOSTNAME =", StringComparison.Ordinal))) return [];
            // A start of one's own: the image says it, and ECS, which overrules the image, is told.
            if (d.Variable("HOSTNAME") != "0.0.0.0") return ["nothing sets HOSTNAME when the server starts"];
            return t.Production.SelectMany(c => c.Services).Where(s => s.Build is not null && Tree.DockerfileOf(s) == d.Path)
                .Select(s => $"ecs/{s.Name}/task-definition.json").Where(f => t.Files.TryGetValue(f, out string? task) && !task.Contains("\"HOSTNAME\"", StringComparison.Ordinal)).Select(f => $"{f} does not set HOSTNAME");
        }),
            "A_next_application_on_a_read_only_root.It_listens_everywhere_whatever_name_the_platform_gives_it"),

        new Bug.InFiles("B42", "a server of Next.js is copied that the build may not have made", t => EachDockerfile(t, d =>
        {
            if (!d.Final.Instructions.Any(i => i.Keyword == "COPY" && i.CopySources.Any(s => s.Contains(".next/standalone", StringComparison.Ordinal)))) return [];
            string scripts = string.Join('\n', d.All.Where(i => i.Keyword == "RUN").Select(i => i.Script));
            return
            [
                .. scripts.Contains("NEXT_PRIVATE_STANDALONE=1", StringComparison.Ordinal) && scripts.Contains("/server.js\" ]", StringComparison.Ordinal) ? Array.Empty<string>() : ["nobody asks whether the build made a standalone server"],
                .. scripts.Contains("mkdir -p public", StringComparison.Ordinal) ? Array.Empty<string>() : ["public/ may not be there"],
            ];
        }), "Any_form_of_next_config.Makes_a_server_of_its_own"),

        new Bug.InFiles("B43", "chown of a whole tree, which stores every file twice", t => Running(t, @"\bchown (-\S*R|--recursive)")),

        new Bug.InFiles("B59", "one stage for development and production, with a compiler in both", t => EachDockerfile(t, d =>
            [
                .. d.Stages.Length < 2 || d.Final.Name == "dev" ? ["the last stage is not production's own"] : Array.Empty<string>(),
                .. d.Stage("dev") is null ? ["there is no stage for development"] : Array.Empty<string>(),
            ])),

        new Bug.InFiles("B61", "Python packages of today and not those of a lockfile", t => EachDockerfile(t, d =>
            from run in d.All
            where run.Keyword == "RUN"
            from command in run.Commands
            // With --no-deps come packages that the build has just made.
            where Regex.IsMatch(command, @"\buv pip install\b(?!.*--no-deps)|\buv sync\b(?!.*--(locked|frozen))|\bpip3?\b.* install\b.*-r (?!.*--require-hashes)(?<!--require-hashes.*)")
            select $"{run.Line}: {command}")),

        new Bug.InFiles("B75", "`as` in another case than FROM", t => EachDockerfile(t, d => Regex.Matches(d.Source, @"^FROM \S+ as .*$", RegexOptions.Multiline).Select(m => m.Value))),

        new Bug.InFiles("B76", "packages that nobody asked for come with those that are installed", t => Running(t, @"^apt(-get)? install (?!.*--no-install-recommends)")),

        new Bug.InFiles("B77", "Python holds its output back, and writes bytecode at run time", t => EachDockerfile(t, d =>
            d.InImage.LastOrDefault(i => i.Keyword == "CMD")?.Words is [var program, ..] && Regex.IsMatch(program, @"(^|/)(python3?|uvicorn|gunicorn)$") && (d.Variable("PYTHONUNBUFFERED") is null || d.Variable("PYTHONDONTWRITEBYTECODE") is null)
                ? ["PYTHONUNBUFFERED and PYTHONDONTWRITEBYTECODE are not set"] : []),
            "A_proxy_before_an_api.A_trusted_proxy_is_believed"),

        new Bug.InFiles("B93", "process 1 reaps no children and hears no signal", t =>
            [
                .. EachDockerfile(t, d => d.All.Where(i => i.Keyword is "CMD" or "ENTRYPOINT" && (i.Words is null || i.Words is ["npm" or "pnpm" or "yarn" or "npx" or "sh" or "bash" or "uv" or "poetry", ..])).Select(i => $"{i.Line}: {i.Keyword} {i.Text}")),
                .. EachDockerfile(t, d => d.FinalBase.Contains("nginx", StringComparison.Ordinal) && !d.InImage.Any(i => i is { Keyword: "STOPSIGNAL", Text: "SIGQUIT" }) ? ["STOPSIGNAL is not SIGQUIT"] : []),
                .. from compose in t.Production
                   from service in compose.Services
                   where service.Node.At("init").Text() != "true"
                   select $"{compose.Path}: {service.Name} has no `init: true`",
                .. from compose in t.Composes
                   from service in compose.Services
                   where service.IsDatabase && service.Node.At("stop_grace_period").Text().Length == 0
                   select $"{compose.Path}: {service.Name} has no `stop_grace_period`",
            ],
            "Image_of_the_npm_starter.It_stops_in_time_while_clients_hold_a_stream_and_a_websocket"),

        new Bug.InFiles("B94", "an image that does not say what it is, and a registry without SBOM and provenance", t =>
            [
                .. EachDockerfile(t, d => new[] { "title", "version", "revision", "source" }.Where(key => !d.Final.Instructions.Any(i => i.Keyword == "LABEL" && i.Text.Contains($"org.opencontainers.image.{key}=", StringComparison.Ordinal))).Select(key => $"no label {key}")),
                .. t.Files.Where(f => f.Key.StartsWith(".github/workflows/", StringComparison.Ordinal) && f.Value.Contains("push: true", StringComparison.Ordinal) && !(f.Value.Contains("sbom: true", StringComparison.Ordinal) && f.Value.Contains("provenance:", StringComparison.Ordinal))).Select(f => $"{f.Key}: pushes without SBOM or provenance"),
            ]),

        new Bug.InFiles("B95", "builders run as root: a secret that they can read stays in a layer", t => EachDockerfile(t, d =>
            [
                .. d.All.Where(i => i.Keyword is "ARG" or "ENV" && Regex.IsMatch(i.Text, @"\b\w*(TOKEN|SECRET|PASSWORD|PASSWD|API_KEY|CREDENTIAL)\w*\b(?<!_FILE)", RegexOptions.IgnoreCase)).Select(i => $"{i.Line}: {i.Keyword} {i.Text}"),
                .. d.All.Where(i => i.Keyword == "COPY" && i.CopySources.Any(s => Regex.IsMatch(s, @"(^|/)(\.env|\.netrc|id_rsa|secrets)(/|$)"))).Select(i => $"{i.Line}: COPY {i.Text}"),
            ]),
            "A_build_with_arguments_secrets_and_packages.The_secret_is_in_no_layer_and_in_no_history"),

        new Bug.InFiles("D5", "a build needs a registry for its own frontend", t => EachDockerfile(t, d => Regex.Matches(d.Source, "^# syntax=.*$", RegexOptions.Multiline).Select(m => m.Value))),
    ];

    /// <summary>What a check finds in each Dockerfile, with its path before it.</summary>
    internal static IEnumerable<string> EachDockerfile(Tree tree, Func<Dockerfile, IEnumerable<string>> find) =>
        tree.Dockerfiles.SelectMany(d => find(d).Select(finding => $"{d.Path}:{finding}"));

    /// <summary>Programs that an image of the catalogue has; none for `scratch`, null for an image that the catalogue does not know.</summary>
    internal static ImmutableArray<string>? Tools(string reference) => ImageCatalog.Shared.All.FirstOrDefault(row => row.Reference != "scratch" && reference.EndsWith(row.Reference, StringComparison.Ordinal)) is { } row
        ? [.. row.Tools]
        : reference == "scratch" || reference.Contains("distroless", StringComparison.Ordinal) ? [] : null;

    private static bool HasShell(string reference) => Tools(reference) is not { } tools || tools.Contains("sh");

    private static IEnumerable<string> Running(Tree tree, string pattern) => EachDockerfile(tree, d =>
        from run in d.All
        where run.Keyword == "RUN"
        from command in run.Commands
        where Regex.IsMatch(command, pattern)
        select $"{run.Line}: {command}");

    /// <summary>Images that come from elsewhere: those that are built here have a variable in their names.</summary>
    private static IEnumerable<(string Where, string Reference)> Images(Tree tree) =>
    [
        .. tree.Dockerfiles.SelectMany(d => d.Images.Select(image => (d.Path, image))),
        .. from compose in tree.Composes
           from service in compose.Services
           where service.Image.Length > 0 && !service.Image.Contains('$', StringComparison.Ordinal)
           select (compose.Path, service.Image),
    ];
}
