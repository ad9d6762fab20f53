using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary><c>.github/workflows/containers.yml</c>, and the bot's settings that keep its actions fresh.</summary>
public sealed class WorkflowOutput : IOverviewOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan, ImmutableArray<RenderedFile> others) => plan.Ci is not { } ci ? [] :
    [
        RenderedFile.Of(".github/workflows/containers.yml", "ci/containers.yml", TemplateSet.Shared.RenderSections("ci/containers.yml", Model(plan, ci, others))),
        RenderedFile.Of(".github/dependabot.yml", "ci/dependabot.yml", TemplateSet.Shared.RenderSections("ci/dependabot.yml", new { }), FileClass.Once),
    ];

    private static object Model(Plan plan, CiPlan ci, ImmutableArray<RenderedFile> others)
    {
        bool several = ci.Architectures.Length > 1, builds = !plan.Images.IsEmpty, ecs = builds && ci.Ecs is not null, host = builds && ci.Host;
        // The script that deploys to ECS pushes by itself, to repositories that it makes.
        bool publishes = builds && ci.Registry is not null && (host || !ecs);
        string first = ci.Architectures[0], task = ci.Ecs?.Architecture ?? first;
        return new
        {
            Summary = $"Lints {(builds ? "the containers, builds and scans their images" : "what runs the containers")}{(publishes ? $"{(host || ecs ? "," : " and")} publishes them" : "")}{(host || ecs ? " and deploys them" : "")}.",
            Checks = builds ? "lint, build, scan" : "lint",
            Publishes = publishes,
            Deploys = host || ecs,
            Settings = Settings(plan, publishes, host, ecs),
            Dockerfiles = Sorted(plan.Images.Where(i => !i.Files.IsEmpty).Select(i => ImagePlanning.Join(i.Context, i.Dockerfile))),
            ci.Linter,
            Scripts = Sorted(others.Select(f => f.Path).Where(p => p.EndsWith(".sh", StringComparison.Ordinal))),
            Images = plan.Images.Select(i => new
            {
                i.Name,
                i.Repository,
                FirstScope = several ? $"{i.Name}-{first}" : i.Name,
                EcsScope = several ? $"{i.Name}-{task}" : i.Name,
                PublishScope = several ? $"{i.Name}-${{{{ matrix.architecture }}}}" : i.Name,
            }).ToImmutableArray(),
            BuildSecrets = plan.BuildSecrets.Select(s => new { Name = s, Expression = $"secrets.{s}" }).ToImmutableArray(),
            Several = several,
            ci.Architectures,
            FirstArchitecture = first,
            EcsArchitecture = task,
            Scope = several ? "${{ matrix.image.target }}-${{ matrix.architecture }}" : "${{ matrix.image.target }}",
            Runner = several ? $"${{{{ matrix.architecture == 'arm64' && '{Runner("arm64")}' || '{Runner("amd64")}' }}}}" : Runner(first),
            FirstRunner = Runner(first),
            EcsRunner = Runner(task),
            Registry = ci.Registry ?? "",
            Host = host,
            Carries = host && ci.Registry is null,
            Ecs = ecs,
            Region = ci.Ecs?.Region ?? "${{ vars.AWS_REGION }}",
            Before = publishes ? (several ? "join" : "publish") : "[lint, build, budgets]",
        };
    }

    /// <summary>https://docs.github.com/en/actions/reference/runners/github-hosted-runners</summary>
    private static string Runner(string architecture) => architecture == "arm64" ? "ubuntu-24.04-arm" : "ubuntu-24.04";

    private static ImmutableArray<string> Settings(Plan plan, bool publishes, bool host, bool ecs)
    {
        var settings = ImmutableArray.CreateBuilder<string>();
        foreach (string secret in plan.BuildSecrets)
            settings.Add($"secret {secret}: what the builds read; a build for a fork gets an empty one");
        if (ecs)
            settings.Add("variable AWS_ROLE: a role that trusts this repository, https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws");
        if (ecs && plan.Ci!.Ecs!.Region is null)
            settings.Add("variable AWS_REGION: the region of the cluster");
        if (publishes)
            settings.Add("variable REGISTRY_USERNAME, secret REGISTRY_PASSWORD: for a registry other than GitHub's own");
        if (host)
            settings.Add("secret DEPLOY_SSH_KEY, variable DEPLOY_KNOWN_HOSTS: of the environment `production`");
        return settings.ToImmutable();
    }

    private static ImmutableArray<string> Sorted(IEnumerable<string> paths) => [.. paths.Distinct().Order(StringComparer.Ordinal)];
}
