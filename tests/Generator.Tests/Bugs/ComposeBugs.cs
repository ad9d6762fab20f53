using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Tests.Bugs.Reading;
using YamlDotNet.RepresentationModel;

namespace DuskStack.Tests.Bugs;

/// <summary>What goes wrong in Compose files.</summary>
internal static class ComposeBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new Bug.InFiles("B10", "`version`, which Compose warns of", t => t.Composes.Where(c => c.Root.At("version") is not null).Select(c => c.Path)),

        new Bug.InFiles("B11", "a service waits for the start of another one and not for its health", t => Each(t.Composes, s =>
            s.Node.At("depends_on") is YamlSequenceNode ? ["depends_on is a list"]
            : s.Node.At("depends_on").Pairs().Where(d => d.Value.At("condition").Text().Length == 0).Select(d => $"no condition for {d.Key}"))),

        new Bug.InFiles("B13", "passwords in the file of production", t => Each(t.Production, s => s.Environment
            .Where(e => (Regex.IsMatch(e.Name, @"(PASSWORD|PASSWD|SECRET|TOKEN|API_KEY)$") && e.Value.Length > 0 && !e.Value.Contains("${", StringComparison.Ordinal)) || Regex.IsMatch(e.Value, @"://[^/@\s:]*:[^/@\s]+@"))
            // The manifest's own words: whoever writes a password there is warned: DS1314.
            .Where(e => !(t.Files.TryGetValue("duskstack.yaml", out string? manifest) && manifest.Contains(e.Value, StringComparison.Ordinal)))
            .Select(e => $"{e.Name}: {e.Value}")), "The_shop_in_production.No_container_shows_a_password_in_its_environment"),

        new Bug.InFiles("B14", "a variable that nobody set counts as an empty text", t => t.Production.SelectMany(c => Scalars(c)
            .SelectMany(v => Regex.Matches(v.Value, @"(?<!\$)\$(\{(?<name>\w+)(?<default>[^}]*)\}|(?<name>\w+))").Select(m => (v.Where, Name: m.Groups["name"].Value, Default: m.Groups["default"].Value)))
            // Compose sets the first one itself.
            .Where(v => v.Name != "COMPOSE_PROJECT_NAME" && v.Default is "" or ":-" or "-")
            .Select(v => $"{v.Where}: ${{{v.Name}{v.Default}}}")),
            "Generated_files_please_their_tools.Production_asks_for_every_variable_that_it_demands"),

        new Bug.InFiles("B15", "a password becomes part of a URL as it is", t =>
            from compose in t.Composes
            from value in Scalars(compose)
            from variable in Regex.Matches(value.Value, @"://[^/]*\$\{(?<name>\w+)[^}]*\}[^/]*@").Select(m => m.Groups["name"].Value)
            // In development the variable is one's own, and .env.example says what may stand in it.
            where compose.IsProduction || !t.Files.Any(f => f.Key == ".env.example" && Regex.IsMatch(f.Value, $@"letters and digits only.*\n# {variable}="))
            select $"{value.Where}: {value.Value}"),

        new Bug.InFiles("B39", "VITE_* for a container: the build had read it already", t => Each(t.Composes.Where(c => c.IsProduction), s => s.Environment.Where(e => e.Name.StartsWith("VITE_", StringComparison.Ordinal)).Select(e => e.Name)),
            "One_image_in_two_environments.Shows_the_settings_of_each"),

        new Bug.InFiles("B40", "NEXT_PUBLIC_* for a container: the build had read it already, and browsers do not know the names of services", t => Each(t.Composes, s => s.Environment.Where(e => e.Name.StartsWith("NEXT_PUBLIC_", StringComparison.Ordinal)).Select(e => e.Name)),
            "One_image_for_two_environments.A_browser_shows_the_settings_of_each"),

        new Bug.InFiles("B49", "a fixed name, of which there can be one container on a machine", t => Each(t.Composes, s => s.Node.At("container_name") is null ? [] : [s.Node.At("container_name").Text()])),

        new Bug.InFiles("B50", "a database that everybody reaches", t =>
            [
                .. Each(t.Development, s => s.Ports.Where(p => !p.StartsWith("127.0.0.1:", StringComparison.Ordinal))),
                .. Each(t.Production, s => s.IsDatabase ? s.Ports : []),
            ],
            "The_shop_in_development.Every_port_is_reachable_from_this_machine_only"),

        new Bug.InFiles("B51", "a file that is not there is mounted as an empty folder", t =>
            from compose in t.Composes
            from service in compose.Services
            from volume in service.Node.At("volumes").Items()
            let source = volume is YamlScalarNode ? volume.Text().Split(':')[0] : volume.At("type").Text() == "bind" ? volume.At("source").Text() : ""
            where source.StartsWith('.') || source.StartsWith('/')
            let made = source is "/" || t.Files.Keys.Any(f => f == Tree.Normal(source) || f.StartsWith($"{Tree.Normal(source)}/", StringComparison.Ordinal))
            where volume.At("bind", "create_host_path").Text() != "false" || !made
            // What the user keeps there: Compose says that it is missing.
            where !(volume.At("bind", "create_host_path").Text() == "false" && Regex.IsMatch(source, @"^\./(db/init\.sql|nginx/certs)"))
            select $"{compose.Path}: {service.Name} mounts {source}"),

        new Bug.InFiles("B52", "development without the sources: every edit needs a new image", t => Each(t.Development, s =>
            s.Build is not null && !s.RunsOnce && IsOurs(t, s) && !s.Node.At("develop", "watch").Items().Any() ? ["no `develop.watch`"] : []),
            "The_shop_in_development.An_edit_shows_and_a_changed_dependency_rebuilds_every_process"),

        new Bug.InFiles("B53", "limits and a read-only root that are promised and not there", t => Each(t.Production, s =>
            [
                .. s.Memory is null || s.Node.At("deploy", "resources", "limits", "cpus") is null ? ["no limits"] : Array.Empty<string>(),
                .. s.Node.At("security_opt").Texts().Contains("no-new-privileges:true") ? Array.Empty<string>() : ["no `no-new-privileges`"],
                .. s.Node.At("logging", "options", "max-size") is null ? ["logs without an end"] : Array.Empty<string>(),
                .. (IsOurs(t, s) || s.IsDatabase) && (s.Node.At("read_only").Text() != "true" || !s.Node.At("cap_drop").Texts().Contains("ALL")) ? ["no read-only root, or capabilities"] : Array.Empty<string>(),
            ]),
            "The_shop_in_production.Applications_run_locked_down"),

        new Bug.InFiles("B60", "a file of variables that has to be there", t => Each(t.Composes, s => s.Node.At("env_file").Items().Where(f => f is YamlScalarNode || f.At("required").Text() != "false").Select(_ => "env_file"))),

        new Bug.InFiles("B62", "a service waits for one that its profile leaves out", t =>
            from compose in t.Composes
            from service in compose.Services
            from needed in service.DependsOn
            let profiles = compose.Services.FirstOrDefault(s => s.Name == needed)?.Node.At("profiles").Texts() ?? ["nowhere"]
            where !profiles.IsEmpty && !(service.Node.At("profiles").Texts() is { IsEmpty: false } own && own.All(profiles.Contains))
            select $"{compose.Path}: {service.Name} needs {needed}, which is in {string.Join(", ", profiles)} alone"),

        new Bug.InFiles("B63", "production mounts the sources, and installs when it starts", t => Each(t.Production, s =>
            [
                .. s.Node.At("volumes").Items().Select(v => v is YamlScalarNode ? v.Text().Split(':')[0] : v.At("source").Text()).Where(source => source is "." or ".." or "./" or "../"),
                .. Regex.IsMatch(s.Command, @"\b(npm|pnpm|yarn|pip|uv|poetry)\b.* ?\b(install|ci|sync)\b|\bcorepack\b") ? [s.Command] : Array.Empty<string>(),
            ])),

        new Bug.InFiles("B70", "databases in the network of what is published", t =>
            from compose in t.Production
            from service in compose.Services
            where service.IsDatabase
            from network in service.Networks.DefaultIfEmpty("default")
            where compose.Root.At("networks", network, "internal").Text() != "true"
            select $"{compose.Path}: {service.Name} is in {network}, which has a way out",
            "The_shop_in_production.The_database_is_out_of_reach_for_who_does_not_need_it"),

        new Bug.InFiles("B71", "what stands before a service is published, and the service too", t =>
            from compose in t.Production
            let published = compose.Services.Where(s => s.Ports.Any(p => !p.StartsWith("127.0.0.1:", StringComparison.Ordinal))).ToArray()
            from front in published.Where(s => ServesBrowsers(t, s))
            from behind in published
            where front.DependsOn.Contains(behind.Name)
            select $"{compose.Path}: {behind.Name} is behind {front.Name}, and published itself",
            "The_shop_in_production.Only_the_proxy_is_published"),

        new Bug.InFiles("B72", "limits that add up to more memory than there is", t =>
            from compose in t.Production
            let budget = ComposeService.Bytes(t.Files.TryGetValue("duskstack.yaml", out string? manifest) ? YamlTree.Load(manifest).At("budget", "limits").Text() : "")
            let sum = compose.Services.Where(s => !s.RunsOnce && !Regex.IsMatch(s.Name, "^(certbot|prometheus|alertmanager|grafana)$|-exporter$")).Sum(s => s.Memory * (int.TryParse(s.Node.At("deploy", "replicas").Text(), out int replicas) ? replicas : 1))
            where sum > budget
            select $"{compose.Path}: {sum >> 20} MiB of {budget >> 20}"),

        new Bug.InFiles("B86", "a cache that may fill its whole memory, and copies pages while it saves", t =>
            from compose in t.Production
            from service in compose.Services
            let used = Regex.Match(service.Command, @"maxmemory (?<size>\d+[kmg]?b?)\b")
            where used.Success && Regex.IsMatch(service.Command, "appendonly yes") && ComposeService.Bytes(used.Groups["size"].Value) * 4 > service.Memory * 3
            // Whoever wishes for it is warned: DS1315.
            where !(t.Files.TryGetValue("duskstack.yaml", out string? manifest) && manifest.Contains("maxMemory:", StringComparison.Ordinal))
            select $"{compose.Path}: {service.Name} keeps {used.Groups["size"].Value} of {service.Memory >> 20} MiB"),

        new Bug.InFiles("B90", "a volume keeps what nginx had in its cache", t => Each(t.Composes, s => s.Node.At("volumes").Items().Select(v => v is YamlScalarNode ? v.Text() : v.At("target").Text()).Where(v => v.Contains("/var/cache/nginx", StringComparison.Ordinal)))),

        new Bug.InFiles("D26", "the socket of Docker in a container", t => t.Composes.SelectMany(c => Scalars(c).Where(v => v.Value.Contains("docker.sock", StringComparison.Ordinal)).Select(v => $"{v.Where}: {v.Value}"))),
    ];

    private static IEnumerable<string> Each(IEnumerable<ComposeFile> files, Func<ComposeService, IEnumerable<string>> find) =>
        files.SelectMany(c => c.Services.SelectMany(s => find(s).Select(finding => $"{c.Path}: {s.Name}: {finding}")));

    /// <summary>Every value, with the file; `build.args` have their defaults in the Dockerfile.</summary>
    private static IEnumerable<(string Where, string Value)> Scalars(ComposeFile compose) => compose.Root.Scalars().Select(value => (compose.Path, value));

    /// <summary>Built from a Dockerfile that the tool makes.</summary>
    private static bool IsOurs(Tree tree, ComposeService service) => service.Build is not null && (tree.Dockerfiles.IsEmpty || tree.Dockerfiles.Any(d => d.Path == Tree.DockerfileOf(service)));

    /// <summary>nginx or Next.js: whoever stands before an api.</summary>
    private static bool ServesBrowsers(Tree tree, ComposeService service) => service.Image.Contains("nginx", StringComparison.Ordinal)
        || (service.Build is not null && tree.Dockerfiles.Any(d => d.Path == Tree.DockerfileOf(service) && (d.FinalBase.Contains("nginx", StringComparison.Ordinal) || d.Source.Contains(".next/standalone", StringComparison.Ordinal))));
}
