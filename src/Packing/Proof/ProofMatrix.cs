using System.Collections.Immutable;
using System.Text;
using DuskStack.Manifests;
using DuskStack.Manifests.Settings;
using DuskStack.Planning;
using DuskStack.Stacks;

namespace DuskStack.Packing.Proof;

/// <summary>A combination that the generator takes.</summary>
public sealed record Combination(string Stack, string Manager, string Base)
{
    public override string ToString() => $"{Stack} {Manager} {Base}";
}

/// <summary>A family of files, and what can be proven of it here.</summary>
/// <param name="Name">As tests call it.</param>
/// <param name="Files">What it is.</param>
/// <param name="Validated">What reads it.</param>
/// <param name="Run">What running it means; null where nothing here can.</param>
public sealed record ProofOutput(string Name, string Files, string Validated, string? Run);

/// <summary>What there is to prove.</summary>
public static class ProofMatrix
{
    /// <summary>Asked of the generator itself: whatever it takes without an error counts.</summary>
    public static ImmutableArray<Combination> Combinations { get; } =
    [
        .. from stack in StackList.All
           from manager in new PackageManagerType().Choices.Select(c => c.Value)
           from foundation in new[] { "slim", "alpine", "distroless", "minimal" }
           let combination = new Combination(stack.Name, manager, foundation)
           where Accepts(combination)
           select combination,
    ];

    public static ImmutableArray<ProofOutput> Outputs { get; } =
    [
        new("image", "`Dockerfile`, `.dockerignore`", "hadolint, `docker build --check`", "built, started without rights on a read-only root, asked, searched for what production does not need, stopped with open connections, built again after an edit"),
        new("compose.yaml", "development", "`docker compose config`", "up, asked, edited, stopped"),
        new("compose.prod.yaml", "production", "`docker compose config`, with and without what it demands", "up until healthy, asked, stopped"),
        new("docker-bake.hcl", "builds and their platforms", "`docker buildx bake --print`, against Compose's builds", "images built by it"),
        new("nginx", "`nginx/`: the reverse proxy", "`nginx -t` on a read-only root, gixy", "asked through it"),
        new("monitoring", "`monitoring/`", "promtool, with a test of every alert; amtool", "every target up, every rule loaded"),
        new("ecs", "`ecs/`", "the models of botocore, the AWS CLI, a deployment to moto", null),
        new("scripts", "`scripts/`", "bash, shellcheck", "run as their owner runs them"),
        new("workflow", "`.github/`", "actionlint, zizmor", null),
        new("guide", "`docs/containers.md`", "Mermaid in a browser draws its picture", null),
    ];

    private static bool Accepts(Combination c)
    {
        var text = new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes($"version: 1\nname: proof\nservices: {{ one: {{ stack: {c.Stack}, packageManager: {c.Manager}, base: {c.Base} }} }}\n"));
        return !Generator.Run(text, (_, _) => null, new Facts { Today = DateOnly.MinValue }).HasErrors;
    }
}
