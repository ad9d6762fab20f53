using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace DuskStack.Containers.Tests.Ecs;

/// <summary>
/// <c>scripts/deploy-ecs.sh</c> with the real AWS CLI against moto (https://docs.getmoto.org), which keeps repositories, definitions and
/// services as AWS does. Its migrations and rollouts always succeed; what fails is the business of <see cref="A_scripted_aws"/>.
/// </summary>
public sealed class Deployment_to_moto : IAsyncLifetime
{
    private string? container;
    private EcsProject? project;
    private string endpoint = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!TestEngine.IsThere)
            return;
        string image = await AwsImage.Build(Cancellation);
        // A service in it counts as rolled out when so many tasks run.
        container = (await TestEngine.Shared.Docker("run", "--detach", "--rm", "--publish", "127.0.0.1:0:5000", "--env", "MOTO_ECS_SERVICE_RUNNING=9", image, "moto_server", "-H", "0.0.0.0", "-p", "5000").Run(Cancellation)).Text;
        string port = (await TestEngine.Shared.Docker("port", container, "5000/tcp").Run(Cancellation)).Text.Split('\n')[0].Split(':')[^1];
        endpoint = $"http://127.0.0.1:{port}";
        using var client = new HttpClient();
        bool answers = await Polling.Until(async () => await Answers(client) ? client : null, TimeSpan.FromSeconds(90), Cancellation) is not null;
        if (answers)
            return;
        await DisposeAsync();
        Assert.Fail("moto does not answer");
    }

    [EngineFact]
    public async Task A_first_and_a_second_deployment()
    {
        if (!File.Exists("/usr/bin/aws"))
            Assert.Skip("skipped: no AWS CLI");
        project = Make("subnet-0a1b2c3d");
        string network = (await Aws(project, "ec2", "create-vpc", "--cidr-block", "10.0.0.0/16", "--query", "Vpc.VpcId", "--output", "text")).Text;
        // Without it moto's interfaces have no name, and it cannot run a task.
        (await Aws(project, "ec2", "modify-vpc-attribute", "--vpc-id", network, "--enable-dns-hostnames", """{"Value":true}""")).OrThrow();
        string subnet = (await Aws(project, "ec2", "create-subnet", "--vpc-id", network, "--cidr-block", "10.0.1.0/24", "--query", "Subnet.SubnetId", "--output", "text")).Text;
        string group = (await Aws(project, "ec2", "create-security-group", "--group-name", "tasks", "--description", "tasks", "--vpc-id", network, "--query", "GroupId", "--output", "text")).Text;
        project.Dispose();
        project = Make(subnet, group);
        (await Aws(project, "ecs", "create-cluster", "--cluster-name", "ferry")).OrThrow();
        foreach (string name in new[] { "API_KEY", "DATABASE_URL" })
            (await Aws(project, "secretsmanager", "create-secret", "--name", $"ferry/{name}", "--secret-string", "x")).OrThrow();

        ProcessOutcome first = await project.Deploy("1.0").Run(Cancellation);
        Assert.True(first.Succeeded, first.Output + first.Errors);
        using (JsonDocument definition = JsonDocument.Parse((await Aws(project, "ecs", "describe-task-definition", "--task-definition", "ferry-api")).Text))
        {
            JsonElement api = definition.RootElement.GetProperty("taskDefinition").GetProperty("containerDefinitions")[0];
            Assert.Matches("^123456789012\\.dkr\\.ecr\\.eu-central-1\\.amazonaws\\.com/ferry-api@sha256:[0-9a-f]{64}$", api.GetProperty("image").GetString());
            Assert.All(api.GetProperty("secrets").EnumerateArray(), s => Assert.Matches("^arn:aws:secretsmanager:eu-central-1:123456789012:secret:ferry/[A-Z_]+-[A-Za-z0-9]{6}$", s.GetProperty("valueFrom").GetString()));
        }

        Assert.Equal("IMMUTABLE", (await Aws(project, "ecr", "describe-repositories", "--repository-names", "ferry-api", "--query", "repositories[0].imageTagMutability", "--output", "text")).Text);
        Assert.Contains("imageCountMoreThan", (await Aws(project, "ecr", "get-lifecycle-policy", "--repository-name", "ferry-api")).Text, StringComparison.Ordinal);
        Assert.Equal("30", (await Aws(project, "logs", "describe-log-groups", "--log-group-name-prefix", "/ecs/ferry-api", "--query", "logGroups[0].retentionInDays", "--output", "text")).Text);

        // AWS wants an ended task stopped; moto goes on wishing that it runs.
        foreach (string task in (await Aws(project, "ecs", "list-tasks", "--cluster", "ferry", "--query", "taskArns", "--output", "text")).Text.Split('\t', StringSplitOptions.RemoveEmptyEntries))
            (await Aws(project, "ecs", "stop-task", "--cluster", "ferry", "--task", task)).OrThrow();
        ProcessOutcome second = await project.Deploy("1.0").Run(Cancellation);
        Assert.True(second.Succeeded, second.Output + second.Errors);
        Assert.Contains("definition ferry-api:1: has not changed", second.Output, StringComparison.Ordinal);
        Assert.Single(project.DockerCalls.Split('\n'), c => c.StartsWith("docker buildx", StringComparison.Ordinal));

        foreach (string name in new[] { EcsProject.Api, EcsProject.Worker })
            Assert.EndsWith($"/{name}:1", (await Aws(project, "ecs", "describe-services", "--cluster", "ferry", "--services", name, "--query", "services[0].taskDefinition", "--output", "text")).Text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        project?.Dispose();
        if (container is not null)
            await TestEngine.Shared.Docker("rm", "--force", container).Run(CancellationToken.None);
    }

    private async Task<bool> Answers(HttpClient client)
    {
        try
        {
            return (await client.GetAsync($"{endpoint}/moto-api/", Cancellation)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Debian's AWS CLI knows no AWS_ENDPOINT_URL.</summary>
    private EcsProject Make(string subnet, string group = "sg-0a1b2c3d")
    {
        var made = new EcsProject(subnet, "secretsmanager", site: false, group) { Environment = ImmutableDictionary<string, string?>.Empty.Add("AWS_ACCESS_KEY_ID", "x").Add("AWS_SECRET_ACCESS_KEY", "x").Add("AWS_DEFAULT_REGION", "eu-central-1").Add("FAKE_AWS", null) };
        made.Program("aws", string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\nexec /usr/bin/aws --endpoint-url {endpoint} \"$@\"\n"));
        return made;
    }

    private static Task<ProcessOutcome> Aws(EcsProject project, params string[] arguments) => project.Call(project["bin/aws"], arguments).Run(Cancellation);
}
