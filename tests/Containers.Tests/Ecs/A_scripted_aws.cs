using System.Collections.Immutable;
using Xunit;

namespace DuskStack.Containers.Tests.Ecs;

/// <summary><c>scripts/deploy-ecs.sh</c> against an <c>aws</c> that fails where a test says; needs bash, and no engine.</summary>
public sealed class A_scripted_aws : IDisposable
{
    private static readonly ImmutableArray<string> Secrets = ["/ferry/API_KEY", "/ferry/DATABASE_URL"];

    private readonly EcsProject project = new();

    public A_scripted_aws()
    {
        project.Program("aws", File.ReadAllText(Path.Combine(EcsProject.Here(), "aws.sh")));
        foreach (string name in new[] { "services", "deployments", "images", "definitions", "registered" })
            Directory.CreateDirectory(State(name));
        File.WriteAllLines(State("parameters"), Secrets);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_deployment_makes_everything_and_a_second_one_changes_nothing()
    {
        ProcessOutcome first = await Deploy("1");
        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        Assert.EndsWith("release 1 runs\n", first.Output, StringComparison.Ordinal);
        string definition = await File.ReadAllTextAsync(State("registered/ferry-api:1"), Cancellation);
        Assert.Matches("\"image\": \"123456789012\\.dkr\\.ecr\\.eu-central-1\\.amazonaws\\.com/ferry-api@sha256:[0-9a-f]{64}\"", definition);
        Assert.Contains("\"valueFrom\": \"arn:aws:ssm:eu-central-1:123456789012:parameter/ferry/DATABASE_URL\"", definition, StringComparison.Ordinal);
        Assert.DoesNotContain("DEPLOY:", definition, StringComparison.Ordinal);
        Assert.Contains("--push api web", project.DockerCalls, StringComparison.Ordinal);
        string calls = Calls();
        Assert.True(calls.IndexOf("ecs run-task", StringComparison.Ordinal) < calls.IndexOf("ecs create-service", StringComparison.Ordinal), "migrations come first");
        Assert.True(calls.IndexOf("ecs/api/service.json", StringComparison.Ordinal) < calls.IndexOf("ecs/web/service.json", StringComparison.Ordinal), "who is called comes first");

        string pushed = project.DockerCalls;
        ProcessOutcome second = await Deploy("1");
        Assert.Equal((0, ""), (second.ExitCode, second.Errors));
        Assert.Equal(pushed, project.DockerCalls);
        Assert.All(EcsProject.Names, name => Assert.Equal(1, Revision(name)));
        Assert.Equal(EcsProject.Names.Length, Directory.GetFiles(State("deployments/ecs-svc")).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_new_release_runs_when_every_service_says_so(string old)
    {
        await Deployed();
        ProcessOutcome next = await Deploy("2", $"FAKE_OLD={old}");
        Assert.Equal((0, ""), (next.ExitCode, next.Errors));
        Assert.All(EcsProject.Names, name => Assert.Equal(2, Revision(name)));
        Assert.Contains("ferry-web: runs ferry-web:2", next.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_migration_touches_no_service_and_shows_its_last_lines()
    {
        await Deployed();
        ProcessOutcome failed = await Deploy("2", "FAKE_MIGRATION=3");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("relation \"items\" does not exist", failed.Errors, StringComparison.Ordinal);
        Assert.Contains("error: the migration api-migrate ended with exit code 3", failed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("-service --", Calls(), StringComparison.Ordinal);
        Assert.All(EcsProject.Names, name => Assert.Equal(1, Revision(name)));
    }

    /// <summary>The circuit breaker takes back the service that fails; the others are the script's.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_failed_rollout_takes_every_service_back(string old)
    {
        await Deployed();
        ProcessOutcome failed = await Deploy("2", $"FAKE_BROKEN={EcsProject.Worker}", $"FAKE_OLD={old}");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error: the rollout of 2 failed", failed.Errors, StringComparison.Ordinal);
        Assert.Contains($"(service {EcsProject.Worker}) was unable to start tasks", failed.Errors, StringComparison.Ordinal);
        Assert.EndsWith("rolled back\n", failed.Errors, StringComparison.Ordinal);
        Assert.All(EcsProject.Names, name => Assert.Equal(1, Revision(name)));
        Assert.Contains($"{EcsProject.Api}: runs {EcsProject.Api}:1", failed.Output, StringComparison.Ordinal);

        ProcessOutcome again = await Deploy("3");
        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        Assert.All(EcsProject.Names, name => Assert.Equal(3, Revision(name)));
    }

    [Fact]
    public async Task A_rollout_that_does_not_end_is_taken_back_at_the_deadline()
    {
        await Deployed();
        ProcessOutcome failed = await Deploy("2", $"FAKE_STUCK={EcsProject.Web}", "DEPLOY_TIMEOUT=1");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("not ready after 1 s: web", failed.Errors, StringComparison.Ordinal);
        Assert.All(EcsProject.Names, name => Assert.Equal(1, Revision(name)));
    }

    [Fact]
    public async Task A_run_that_is_stopped_takes_back_what_it_began()
    {
        await Deployed();
        ProcessCall deploy = project.Deploy("2", Settings($"FAKE_STUCK={EcsProject.Web}", "DEPLOY_TIMEOUT=2"));
        ProcessOutcome stopped = await (deploy with
        {
            Arguments = ["-c", "bash scripts/deploy-ecs.sh & until grep -qs 'ecs/web/service-update.json' aws/calls; do sleep 0.05; done; kill -TERM $!; wait $!"],
        }).Run(Cancellation);
        Assert.Equal(143, stopped.ExitCode);
        Assert.Contains("interrupted\nrolls back: web api-worker api", stopped.Errors, StringComparison.Ordinal);
        Assert.All(EcsProject.Names, name => Assert.Equal(1, Revision(name)));
        Assert.False(Directory.Exists(project["deploy-ecs-ferry-ferry.lock"]), "the lock is gone");
    }

    [Fact]
    public async Task A_new_service_that_fails_is_stopped()
    {
        ProcessOutcome failed = await Deploy("1", $"FAKE_STUCK={EcsProject.Api}", "DEPLOY_TIMEOUT=1");
        Assert.Equal(1, failed.ExitCode);
        Assert.All(EcsProject.Names, name => Assert.Equal("0", File.ReadAllText(State($"services/{name}")).Split(' ')[1]));
    }

    [Fact]
    public async Task One_deployment_runs_at_a_time()
    {
        Directory.CreateDirectory(project["deploy-ecs-ferry-ferry.lock"]);
        await File.WriteAllTextAsync(project["deploy-ecs-ferry-ferry.lock/pid"], Environment.ProcessId.ToString(), Cancellation);
        ProcessOutcome refused = await Deploy("1");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"another deployment of ferry is running here, process {Environment.ProcessId}", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("", Calls());

        // Of a run that was killed: nobody has that number.
        await File.WriteAllTextAsync(project["deploy-ecs-ferry-ferry.lock/pid"], "4194305", Cancellation);
        await Deployed();

        await File.WriteAllTextAsync(State("busy-deployment"), "ecs-svc/7\n", Cancellation);
        ProcessOutcome elsewhere = await Deploy("2");
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains("error: a deployment of ferry-api is under way: ecs-svc/7", elsewhere.Errors, StringComparison.Ordinal);
        File.Delete(State("busy-deployment"));
        await File.WriteAllTextAsync(State("busy-task"), "arn:task/1\n", Cancellation);
        Assert.Contains("the migration of another deployment is running", (await Deploy("2")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_named_with_what_to_do()
    {
        await File.WriteAllTextAsync(State("parameters"), "/ferry/API_KEY\n", Cancellation);
        ProcessOutcome secrets = await Deploy("1");
        Assert.Equal((1, "error: secrets are missing; make them:\n  aws ssm put-parameter --region eu-central-1 --type SecureString --name /ferry/DATABASE_URL --value ...\n"), (secrets.ExitCode, secrets.Errors));
        ProcessOutcome cluster = await Deploy("1", "FAKE_CLUSTER=None");
        Assert.Contains("hint: aws ecs create-cluster --cluster-name ferry", cluster.Errors, StringComparison.Ordinal);
        ProcessOutcome tag = await Deploy("not a tag");
        Assert.Contains("error: `not a tag` cannot be the tag of an image", tag.Errors, StringComparison.Ordinal);
        ProcessOutcome usage = await project.Call("bash", "scripts/deploy-ecs.sh", "--now").Run(Cancellation);
        Assert.Equal(64, usage.ExitCode);
        Assert.DoesNotContain("ecr ", Calls(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_of_an_account_that_were_left_open_are_refused()
    {
        using var open = new TestFolder("ecs-open");
        Rendered.Into(open, "version: 1\nname: buoy\nservices: { api: { stack: node } }\ndeploy: { ecs: {} }\n");
        ProcessOutcome refused = await (project.Deploy("1", Settings()) with { Folder = open.Path }).Run(Cancellation);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Equal("error: ecs/ misses facts of your account; set these keys in duskstack.yaml and run `duskstack generate`:\n  deploy.ecs.executionRole\n  deploy.ecs.region\n  deploy.ecs.securityGroups\n  deploy.ecs.subnets\n", refused.Errors);
        Assert.Equal("", Calls());
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await Deployed();
        ProcessCall deploy = project.Deploy("2", Settings());
        ProcessOutcome dry = await (deploy with { Arguments = deploy.Arguments.Add("--dry-run") }).Run(Cancellation);
        Assert.Equal((0, ""), (dry.ExitCode, dry.Errors));
        Assert.Contains("would build ferry-api for linux/amd64 and push 2\n", dry.Output, StringComparison.Ordinal);
        Assert.Contains("would run the migration api-migrate\n", dry.Output, StringComparison.Ordinal);
        Assert.Contains("would update the service ferry-web, which runs arn:aws:ecs:eu-central-1:123456789012:task-definition/ferry-web:1\n", dry.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("put-|create-|register-|run-task|update-", Calls());
    }

    [Fact]
    public async Task Without_a_tag_the_commit_names_the_release_and_must_hold_everything()
    {
        ProcessCall deploy = project.Deploy("", Settings());
        Assert.Contains("this is no git checkout", (await deploy.Run(Cancellation)).Errors, StringComparison.Ordinal);
        (await project.Call("bash", "-c", "git init -q && printf '%s\\n' bin/ aws/ docker-calls 'deploy-ecs*' 'tmp.*' >> .gitignore && git add . && git -c user.name=t -c user.email=t@example.com commit -qm first").Run(Cancellation)).OrThrow();
        string commit = (await project.Call("git", "rev-parse", "--short=12", "HEAD").Run(Cancellation)).Text;
        Assert.EndsWith($"release {commit} runs\n", (await deploy.Run(Cancellation)).Text + "\n", StringComparison.Ordinal);
        await File.AppendAllTextAsync(project["compose.yaml"], "# changed\n", Cancellation);
        Assert.Contains("there are uncommitted changes", (await deploy.Run(Cancellation)).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => project.Dispose();

    private string State(string path) => project[$"aws/{path}"];

    private string Calls() => File.Exists(State("calls")) ? File.ReadAllText(State("calls")) : "";

    private int Revision(string service) => int.Parse(File.ReadAllText(State($"services/{service}")).Split(' ')[0].Split(':')[^1]);

    private string[] Settings(params string[] settings) => [$"FAKE_AWS={project["aws"]}", .. settings];

    private Task<ProcessOutcome> Deploy(string tag, params string[] settings) => project.Deploy(tag, Settings(settings)).Run(Cancellation);

    /// <summary>Release 1 runs; the calls that follow are those of the test.</summary>
    private async Task Deployed()
    {
        (await Deploy("1")).OrThrow();
        File.Delete(State("calls"));
    }
}
