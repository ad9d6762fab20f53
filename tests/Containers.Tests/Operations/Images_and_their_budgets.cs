using DuskStack.Images;
using Xunit;

namespace DuskStack.Containers.Tests.Operations;

/// <summary><c>scripts/build-images.sh</c> and <c>scripts/load-minikube.sh</c>.</summary>
public sealed class Images_and_their_budgets
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData("900MB", 0, "ok")]
    [InlineData("10MB", 1, "OVER")]
    public async Task Are_built_measured_and_compared(string budget, int exitCode, string verdict)
    {
        await using OperatedProject project = await OperatedProject.Of($"  api: {{ stack: node, budget: {{ image: {budget} }} }}", "", Cancellation);
        project.WriteServer(200);
        ProcessOutcome build = await project.Script("build-images.sh").Run(Cancellation);
        ImageFacts facts = await ImageFacts.Of(TestEngine.Shared, project.Image, Cancellation);
        Assert.Equal(exitCode, build.ExitCode);
        string[] row = build.Output.Split('\n').Single(l => l.StartsWith("api ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["api", (facts.Size / 1e6).ToString("0.0"), budget.Replace("MB", ".0"), verdict, project.Image], row);
    }

    [EngineFact]
    public async Task Are_loaded_into_minikube_and_listed()
    {
        await using OperatedProject project = await OperatedProject.Of("  api: { stack: node }", "", Cancellation);
        ProcessCall call = project.Script("load-minikube.sh", "-p", "dusk");
        call = call with { Environment = call.Environment.Add("PATH", $"{project.Folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}") };
        Shim("true");
        ProcessOutcome unbuilt = await call.Run(Cancellation);
        Assert.Equal((1, true), (unbuilt.ExitCode, unbuilt.Errors.Contains("bash scripts/build-images.sh", StringComparison.Ordinal)));

        (await TestEngine.Shared.Docker("tag", ImageCatalog.Shared.Default("nginx", "alpine").Reference, project.Image).Run(Cancellation)).OrThrow();
        Shim($"echo docker.io/library/{project.Image}");
        Assert.Equal($"docker.io/library/{project.Image}\n", (await call.Run(Cancellation)).OrThrow().Output);
        Assert.Equal($"image load -p dusk {project.Image}\nimage ls -p dusk\n", await File.ReadAllTextAsync(project.Folder["calls"], Cancellation));
        Shim("true");
        ProcessOutcome lost = await call.Run(Cancellation);
        Assert.Equal((1, $"load-minikube: {project.Image} is not in minikube\n"), (lost.ExitCode, lost.Errors));

        void Shim(string list)
        {
            File.Delete(project.Folder["calls"]);
            project.Folder.Write("bin/minikube", $"#!/bin/sh\necho \"$*\" >> '{project.Folder["calls"]}'\ncase \"$2\" in ls) {list} ;; esac\n");
            File.SetUnixFileMode(project.Folder["bin/minikube"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
