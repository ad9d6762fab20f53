using System.Collections.Immutable;
using Xunit;

namespace DuskStack.Containers.Tests.Deploy;

/// <summary><c>scripts/deploy-host.sh</c> over a real ssh connection. benchmarks/Deploy is the longer version with figures.</summary>
public sealed class A_release_on_one_machine
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    public async Task Replaces_the_one_before_while_it_serves()
    {
        if (!SshHost.IsThere)
            Assert.Skip("skipped: no sshd (openssh-server)");
        await using HostProject project = await HostProject.Prepare(Cancellation);

        ProcessOutcome refused = await project.Deploy(HostProject.First, Cancellation);
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("bash scripts/secrets.sh", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(await project.Running("postgres", Cancellation));

        await project.MakeSecrets(Cancellation);
        (await project.Deploy(HostProject.First, Cancellation)).OrThrow();
        await Serves(project, HostProject.First);

        await using (var load = new Load(project.Port, "/api/items", """{"name":"loaded"}""", connections: 4))
        {
            (await project.Deploy(HostProject.Second, Cancellation)).OrThrow();
            await Serves(project, HostProject.Second);
            ProcessOutcome broken = await project.Deploy(HostProject.Broken, Cancellation);
            Assert.Equal(1, broken.ExitCode);
            Assert.Contains($"{project.Tag(HostProject.Broken)} was not deployed; {project.Tag(HostProject.Second)} serves", broken.Errors, StringComparison.Ordinal);
            await Serves(project, HostProject.Second);
            await load.Stop();
            Assert.Empty(load.Failures.Where(f => !f.Writes));
            // A server that stops closes the connections that nginx keeps: a POST sent into one at that moment may have been carried out, so
            // nobody sends it again. At most one for each kept connection of each of the two containers.
            Assert.True(load.Failures.Length <= 8, string.Join('\n', load.Failures));
            Assert.True(load.Requests > 200, $"only {load.Requests} requests");
        }

        ImmutableArray<ServiceContainer> before = await project.Project.Containers(Cancellation);
        (await project.Deploy(HostProject.Second, Cancellation)).OrThrow();
        Assert.Equal(Ids(before), Ids(await project.Project.Containers(Cancellation)));

        (await project.Rollback(Cancellation)).OrThrow();
        await Serves(project, HostProject.First);
        Assert.NotEqual(0, (await project.Rollback(Cancellation)).ExitCode);
        await Serves(project, HostProject.First);
        Assert.Equal($"TAG={project.Tag(HostProject.First)}\n", await File.ReadAllTextAsync(Path.Combine(project.Folder, ".env"), Cancellation));
    }

    private static async Task Serves(HostProject project, string release)
    {
        Assert.Equal([project.Image(release), project.Image(release)], await project.Running("api", Cancellation));
        Assert.Equal([project.Image(release)], await project.Running("api-worker", Cancellation));
    }

    /// <summary>Migrations run with every deploy.</summary>
    private static IEnumerable<string> Ids(IEnumerable<ServiceContainer> containers) => containers.Where(c => c.Service != "api-migrate").Select(c => c.Container.Id).Order(StringComparer.Ordinal);
}
