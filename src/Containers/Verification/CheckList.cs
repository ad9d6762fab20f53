using System.Collections.Immutable;
using DuskStack.Containers.Verification.Images;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Containers.Verification.Running;

namespace DuskStack.Containers.Verification;

/// <summary>Every check, in the order of reports. One that is added here is run, reported and documented.</summary>
public static class CheckList
{
    public static ImmutableArray<Check> All { get; } =
    [
        Files("files", "every generated file is there", ProjectLint.Files),
        Files("pinned-images", "every image that is built upon or run is named with a version", ProjectLint.PinnedImages),
        Files("hadolint", "hadolint finds nothing in a generated Dockerfile", DockerfileLint.Hadolint),
        Files("build-check", "the engine's own `build --check` finds nothing in a generated Dockerfile", DockerfileLint.BuildCheck),
        Files("compose", "Compose reads each file with every subset of its profiles, without a warning", ComposeLint.Config),
        Files("rights", "no container of production asks for rights: privileges, capabilities, namespaces of the host, the engine's socket", ComposeLint.Rights),
        Files("published-ports", "production publishes the ports of the manifest and no other, and none of them needs root", ComposeLint.Ports),
        Files("nginx", "`nginx -t` has nothing to say about the proxy's and the sites' configuration", NginxLint.Test),
        Files("prometheus", "promtool accepts configuration and rules", MonitoringLint.Prometheus),
        Files("alert-tests", "every alert passes its unit tests", MonitoringLint.AlertTests),
        Files("alertmanager", "amtool accepts who is told", MonitoringLint.Alertmanager),
        Files("blackbox", "the blackbox exporter accepts its configuration", MonitoringLint.Blackbox),
        Files("shellcheck", "bash and shellcheck accept every script", ScriptLint.Shell),
        Files("workflow", "actionlint accepts the workflow", ScriptLint.Workflow),
        Files("ecs", "task definitions keep the rules of ECS: Fargate's pairs, ranges, fields that depend on each other", EcsLint.Rules),
        Files("aws", "the AWS CLI accepts every file of ecs/", EcsLint.Cli),
        Image("image-build", "the image is built, with no layer and no download of an earlier build", ImageChecks.Build),
        Image("image-size", "the image is within `budget.image`", ImageChecks.Size),
        Image("cold-build", "a build with empty caches is within `budget.coldBuild`", ImageChecks.Cold),
        Image("warm-build", "a build after an edit of one source file is within `budget.warmBuild`", ImageChecks.Warm),
        Image("image-user", "the image runs as a numeric user who is not root", ImageChecks.User),
        Image("image-start", "the image starts its program directly: no package manager, no shell", ImageChecks.Start),
        Image("image-secrets", "no secret stands in a layer, in the history or in the environment of the image", ImageChecks.Secrets),
        Image("dev-dependencies", "the image holds no dependency of development", ImageChecks.Dependencies),
        Container("healthy", "the container gets healthy, within `budget.healthy`; one that runs once ends with 0", ContainerChecks.Healthy),
        Container("answers", "the service answers on its port with 2xx, from other containers", ContainerChecks.Answers),
        Container("published", "what is published answers on this machine", ContainerChecks.Published),
        Container("user", "every process runs as the numeric user of the plan, who is not root", ContainerChecks.User),
        Container("read-only", "the root file system is mounted read-only", ContainerChecks.ReadOnly),
        Container("capabilities", "no process has a capability, or can get one", ContainerChecks.Capabilities),
        Container("no-new-privileges", "no process can get more rights than it has", ContainerChecks.NoNewPrivileges),
        Container("first-process", "the program runs under the init process: no package manager, no shell between", ContainerChecks.FirstProcess),
        Container("memory", "memory at rest leaves a tenth of the container's limit free", ContainerChecks.Memory),
        Container("stop", "SIGTERM ends it with 0 or 143 within its `stop`", ContainerChecks.Stop),
        Stack("stack-memory", "memory at rest of the whole stack is within `budget.memory`", StackChecks.Memory),
    ];

    public static Check Named(string name) => All.Single(c => c.Name == name);

    private static Check Files(string name, string proves, Func<LintedProject, CancellationToken, IAsyncEnumerable<Finding>> look) => new(name, Stage.Lint, proves, new Examination.OfFiles(look));

    private static Check Image(string name, string proves, Func<ImageMeasurement, Verdict?> judge) => new(name, Stage.Build, proves, new Examination.OfImage(judge));

    private static Check Container(string name, string proves, Func<ContainerMeasurement, Verdict?> judge) => new(name, Stage.Run, proves, new Examination.OfContainer(judge));

    private static Check Stack(string name, string proves, Func<StackMeasurement, Verdict?> judge) => new(name, Stage.Run, proves, new Examination.OfStack(judge));
}
