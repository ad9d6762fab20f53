using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Xunit;

namespace DuskStack.Containers.Tests.Matrix;

/// <summary>What holds for every image, whatever it is made of. A class for each stack, so that two of them run at a time.</summary>
public abstract class Every_manager_and_base
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly ImmutableArray<string> NotToRun = ["npm", "npm-cli.js", "pnpm", "pnpm.cjs", "yarn", "pip", "uv", "poetry", "sh", "bash", "ash"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="stack">Whose images are built.</param>
    /// <returns>Package manager and base; nothing when the run leaves this stack out.</returns>
    protected static TheoryData<string, string> RowsOf(string stack)
    {
        var rows = new TheoryData<string, string>();
        foreach (MatrixCase each in MatrixCase.Chosen.Where(c => c.Stack == stack))
            rows.Add(new TheoryDataRow<string, string>(each.Manager, each.Base).WithTrait(Proof.Trait, Proof.Claim(Proof.Run, each, "image")).WithTrait(Proof.Trait, Proof.Claim(Proof.Run, each, "compose.prod.yaml")));
        return rows;
    }

    protected static async Task Builds_starts_answers_and_stops(string stack, string manager, string foundation)
    {
        await using MatrixProject project = MatrixProject.Render(new(stack, manager, foundation), $"matrix-{stack}");
        await project.Build(project.Image, fresh: false, Cancellation);
        await project.Up(Cancellation);

        await LooksAsItShould(project);
        await RunsLockedDown(project);
        await HoldsWhatProductionNeeds(project);
        await StopsInTime(project);
        await InstallsNothingAgain(project);
    }

    private static async Task LooksAsItShould(MatrixProject project)
    {
        ImageFacts facts = await ImageFacts.Of(TestEngine.Shared, project.Image, Cancellation);
        Assert.Equal("10001:10001", facts.User);
        Assert.Equal("CMD", facts.HealthTest[0]);
        Assert.DoesNotContain(facts.HealthTest, word => word.Contains("curl", StringComparison.Ordinal) || word.Contains("localhost", StringComparison.Ordinal));
        Assert.Equal(project.Plan.Name + "-" + project.Traits.Service, facts.Labels["org.opencontainers.image.title"]);
        Assert.Equal("healthy", (await (await project.Container(Cancellation)).Facts(Cancellation)).Health);
    }

    private static async Task RunsLockedDown(MatrixProject project)
    {
        Container container = await project.Container(Cancellation);
        ContainerFacts facts = await container.Facts(Cancellation);
        Assert.True(facts.ReadOnly);
        Assert.Equal(["ALL"], facts.DroppedCapabilities);
        Assert.Contains("no-new-privileges:true", facts.SecurityOptions);

        ImmutableArray<ContainerProcess> processes = await container.Processes(project.ImagePlan.Bases[0].Reference, Cancellation);
        Assert.Equal("docker-init", Path.GetFileName(processes[0].Command[0]));
        ContainerProcess application = Assert.Single(processes.Skip(1), p => p.Parent == 1);
        Assert.Equal(project.Traits.Process, application.Command.SelectMany(w => w.Split(' ')).Select(w => Path.GetFileName(w) is "python" or "python3" ? "python" : w).Take(project.Traits.Process.Length));
        Assert.All(processes, p => Assert.Equal((10001, "0000000000000000"), (p.User, p.Capabilities)));
        Assert.DoesNotContain(processes, p => p.Command.Any(word => NotToRun.Contains(Path.GetFileName(word))));
    }

    private static async Task HoldsWhatProductionNeeds(MatrixProject project)
    {
        ImmutableArray<ImageFile> files = await ImageFiles.List(TestEngine.Shared, project.Image, Cancellation);
        ImmutableArray<string> foundation = project.ImagePlan.Bases[^1].Reference == "scratch" ? [] : [.. (await ImageFiles.List(TestEngine.Shared, project.ImagePlan.Bases[^1].Reference, Cancellation)).Select(f => f.Path)];
        ImmutableArray<ImageFile> own = [.. files.ExceptBy(foundation, f => f.Path)];
        Assert.Contains(own, f => Regex.IsMatch(f.Path, project.Traits.Needed));
        Assert.Empty(own.Select(f => f.Path).Where(p => Regex.IsMatch(p, project.Traits.Unwanted)).Take(20));
        // Code belongs to root; what the user may write to lies in memory or in a volume.
        Assert.Empty(own.Where(f => !f.IsLink && !IsWritable(project, f) && (f.Owner != 0 || f.Mode.HasFlag(UnixFileMode.OtherWrite))).Select(f => f.Path).Take(20));
    }

    private static bool IsWritable(MatrixProject project, ImageFile file) =>
        project.Plan.Containers.Single(c => c.Name == project.Traits.Service).Production is var mode
        && mode.Tmpfs.Select(t => t.Target).Concat(mode.Mounts.Select(m => m.Target)).Any(t => $"/{file.Path}" == t || $"/{file.Path}".StartsWith(t + "/", StringComparison.Ordinal));

    private static async Task StopsInTime(MatrixProject project)
    {
        ImmutableArray<ServiceStop> own = await RepeatedStop.Within(StopLimit, async () =>
        {
            await project.Stack.Up(Cancellation);
            using (await OpenConnections.To(project.Stack.Client.BaseAddress!, Cancellation, project.Traits.Websocket))
                return [.. from stop in await project.Stack.Project.Stop(Cancellation)
                           where stop.Service == project.Traits.Service || stop.Service.StartsWith(project.Traits.Service + "-", StringComparison.Ordinal)
                           select stop];
        });
        Assert.NotEmpty(own);
        Assert.All(own, s => Assert.True(s.ExitCode is 0 or 143 && s.Duration < StopLimit, $"{s}"));
    }

    private static async Task InstallsNothingAgain(MatrixProject project)
    {
        project.Edit();
        ImageBuild again = await project.Build(project.Stack.FurtherImage("edited"), fresh: false, Cancellation);
        ImmutableArray<BuildStep> installs = [.. again.Steps.Where(s => s.Stage is { } stage && project.Traits.DependencyStages.Contains(stage))];
        Assert.NotEmpty(installs);
        Assert.All(installs, s => Assert.True(s.Cached, $"ran again: {s.Name}\n{again.Log}"));
        Assert.Contains(again.Steps, s => s is { Stage: not null, Cached: false });
    }
}
