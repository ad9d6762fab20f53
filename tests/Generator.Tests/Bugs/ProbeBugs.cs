using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Tests.Bugs.Reading;

namespace DuskStack.Tests.Bugs;

/// <summary>What goes wrong in health checks: of images, of Compose, of ECS.</summary>
internal static class ProbeBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new Bug.InFiles("B08", "`localhost` is ::1 first, where nobody listens", t => Probes(t).Where(p => p.Words.Any(w => w.Contains("localhost", StringComparison.Ordinal)) || p.Script.Contains("localhost", StringComparison.Ordinal)).Select(p => $"{p.Where}: {string.Join(' ', p.Words)}"),
            "Image_of_the_npm_starter.Its_probe_needs_neither_curl_nor_wget_nor_a_shell"),

        new Bug.InFiles("B09", "a check of an image that gives no time to start, and waits half a minute for the first answer", t => ImageBugs.EachDockerfile(t, d =>
            from check in d.All
            where check.Keyword == "HEALTHCHECK" && check.Text != "NONE"
            from option in new[] { "start-period", "start-interval", "retries", "interval", "timeout" }
            where check.Option(option) is null
            select $"{check.Line}: HEALTHCHECK without --{option}")),

        new Bug.InFiles("B12", "databases without a check, and without a restart", t =>
            from compose in t.Composes
            from service in compose.Services
            where service.IsDatabase && (service.Health.IsEmpty || (compose.IsProduction && service.Node.At("restart").Text().Length == 0))
            select $"{compose.Path}: {service.Name}"),

        new Bug.InFiles("B21", "a probe by a package that may not be there, or one that takes an error for an answer", t =>
            Probes(t).Where(p => Regex.IsMatch($"{string.Join(' ', p.Words)} {p.Script}", @"\bimport requests\b|\brequests\.get\b|\bcurl (?!.*(-f|--fail))")).Select(p => $"{p.Where}: {string.Join(' ', p.Words)}"),
            "Image_of_the_npm_starter.The_probe_fails_when_the_service_does_not_answer"),

        new Bug.InFiles("B22", "Compose probes by a program that the image does not have", t =>
            from probe in Probes(t)
            where probe.InCompose && probe.Base is not null
            where ImageBugs.Tools(probe.Base!) is { } tools && !Has(tools, probe)
            select $"{probe.Where}: {string.Join(' ', probe.Words)} in {probe.Base}"),

        new Bug.InFiles("B23", "a probe by a program that the image does not have", t =>
            from probe in Probes(t)
            where !probe.InCompose && probe.Base is not null
            where Regex.IsMatch(probe.Words.FirstOrDefault(w => w is not ("CMD" or "CMD-SHELL")) ?? "", @"^(curl|wget|nc|sh|bash)\b") || probe.Words is ["CMD-SHELL", ..]
            where ImageBugs.Tools(probe.Base!) is { } tools && !Has(tools, probe)
            select $"{probe.Where}: {string.Join(' ', probe.Words)} in {probe.Base}"),

        new Bug.InFiles("B24", "a probe by `node` where it is on no path", t => ImageBugs.EachDockerfile(t, d =>
            from check in d.Final.Instructions
            where check.Keyword == "HEALTHCHECK" && d.FinalBase.Contains("distroless/nodejs", StringComparison.Ordinal)
            where check.Words is ["node", ..] && d.Variable("PATH")?.Split(':').Contains("/nodejs/bin") != true
            select $"{check.Line}: HEALTHCHECK {check.Text}"),
            "Every_node_image.Works"),

        new Bug.InFiles("B73", "checks so rare that a chain of services takes minutes to start", t =>
            from compose in t.Composes
            from service in compose.Services
            where !service.Health.IsEmpty && service.Node.At("healthcheck", "start_interval").Text().Length == 0
            select $"{compose.Path}: {service.Name} has no `start_interval`",
            "The_shop_in_production.It_is_healthy_within_two_minutes"),

        new Bug.InFiles("B85", "services that nobody asks for their health, and a guide that promises restarts of unhealthy ones", t =>
            [
                .. from compose in t.Production
                   from service in compose.Services
                   where !service.RunsOnce && service.Health.IsEmpty && !HasOwnCheck(t, service) && !IsUnwanted(t, service)
                   select $"{compose.Path}: {service.Name} has no check",
                .. t.Matching(@"(?i)restarts? (it|them|containers?)? ?(automatically )?(if|when|as soon as) (it is|they are|it gets|they get)? ?unhealthy", @"\.md$|compose"),
            ]),
    ];

    /// <summary>A health check.</summary>
    /// <param name="Where">The file, and the service in it.</param>
    /// <param name="Words">As Compose writes them: CMD or CMD-SHELL first.</param>
    /// <param name="Script">The program of an image that it runs; empty for others.</param>
    /// <param name="Base">The image that has to have its program; null where that is not known.</param>
    /// <param name="InCompose">Said by a Compose file, over what the image says.</param>
    private sealed record Probe(string Where, ImmutableArray<string> Words, string Script, string? Base, bool InCompose);

    private static IEnumerable<Probe> Probes(Tree tree) =>
    [
        .. from dockerfile in tree.Dockerfiles
           from stage in dockerfile.Stages
           from check in stage.Instructions
           where check.Keyword == "HEALTHCHECK" && check.Text != "NONE"
           let words = check.Words is { } exec ? exec.Insert(0, "CMD") : ["CMD-SHELL", check.Text]
           select new Probe($"{dockerfile.Path}:{check.Line}", words, Script(dockerfile, words), dockerfile.Chain(stage)[^1].From, false),
        .. from compose in tree.Composes
           from service in compose.Services
           where !service.Health.IsEmpty
           select new Probe($"{compose.Path}: {service.Name}", service.Health, "", Base(tree, service), true),
        .. from file in tree.Files
           where file.Key.EndsWith("task-definition.json", StringComparison.Ordinal)
           from container in YamlTree.Load(file.Value).At("containerDefinitions").Items()
           where container.At("healthCheck") is not null
           select new Probe($"{file.Key}: {container.At("name").Text()}", container.At("healthCheck", "command").Texts(), "", null, false),
    ];

    /// <summary>The here-document at the path that a probe runs.</summary>
    private static string Script(Dockerfile dockerfile, ImmutableArray<string> words) =>
        string.Join('\n', dockerfile.All.Where(i => i.Keyword == "COPY" && i.Document.Length > 0 && words.Any(w => i.Text.EndsWith($" {w}", StringComparison.Ordinal))).Select(i => i.Document));

    /// <summary>The image itself, or what the Dockerfile builds it on.</summary>
    private static string? Base(Tree tree, ComposeService service)
    {
        if (service.Build is null) return service.Image.Contains('$', StringComparison.Ordinal) ? null : service.Image;
        return Built(tree, service) is { } dockerfile
            ? dockerfile.Chain(dockerfile.Stage(service.Build.At("target").Text()) ?? dockerfile.Final)[^1].From
            : null;
    }

    /// <summary>True when the first program is one of the image's. What lies at a path of its own belongs to the image's makers.</summary>
    private static bool Has(ImmutableArray<string> tools, Probe probe) => probe.Words switch
    {
        ["CMD-SHELL", var shell, ..] => tools.Contains("sh") && tools.Any(tool => Regex.IsMatch(shell, $@"(^|\s){Regex.Escape(tool)}(\s|$)")),
        // Part of every shell, and of every image that has one.
        ["CMD", "true" or "test", ..] => tools.Contains("true") || tools.Contains("sh"),
        ["CMD", ['/', ..], ..] => true,
        ["CMD", var program, ..] => tools.Contains(program),
        _ => true,
    };

    /// <summary>An image of ours that asks itself; one that has no program to ask with; one of somebody else, who may have thought of it.</summary>
    private static bool HasOwnCheck(Tree tree, ComposeService service) => service.Build is null
        ? service.Image.Contains('$', StringComparison.Ordinal) || ImageBugs.Tools(service.Image) is not { } tools || !tools.Contains("sh")
        // A worker opens no port: whether it runs is all there is to know.
        : Built(tree, service) is not { } dockerfile || dockerfile.InImage.Any(i => i.Keyword == "HEALTHCHECK") || !dockerfile.InImage.Any(i => i.Keyword == "EXPOSE");

    /// <summary>By `health: none` of the manifest.</summary>
    private static bool IsUnwanted(Tree tree, ComposeService service) =>
        tree.Files.TryGetValue("duskstack.yaml", out string? manifest) && YamlTree.Load(manifest).At("services", service.Name, "health").Text() == "none";

    private static Dockerfile? Built(Tree tree, ComposeService service) => tree.Dockerfiles.FirstOrDefault(d => d.Path == Tree.DockerfileOf(service));
}
