using System.Collections.Immutable;
using Xunit;

namespace DuskStack.Containers.Tests.Images;

public sealed class Image_of_the_bundled_starter(BundledStarter starter) : StarterImageTests(starter), IClassFixture<BundledStarter>
{
    private readonly BundledStarter starter = starter;

    protected override string Evidence => "app/dist/worker.js";

    [EngineFact]
    public async Task It_holds_no_packages() =>
        Assert.DoesNotContain(await ImageFiles.List(TestEngine.Shared, starter.Image, Cancellation), f => f.Path.StartsWith("app/node_modules/", StringComparison.Ordinal) && f.Path != "app/node_modules/");

    [EngineFact]
    public async Task Its_worker_and_its_migration_run_from_the_same_image()
    {
        ImmutableArray<ServiceContainer> containers = await starter.Stack.Project.Containers(Cancellation);
        ServiceContainer migration = containers.Single(c => c.Service == "api-migrate"), worker = containers.Single(c => c.Service == "api-worker");
        Assert.Equal((false, 0), (migration.Facts.Running, migration.Facts.ExitCode));
        Assert.True(worker.Facts.Running);
        Assert.Contains("waiting for jobs", await worker.Container.Logs(Cancellation), StringComparison.Ordinal);
    }
}
