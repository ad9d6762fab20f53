using DuskStack.Planning;

namespace DuskStack.Containers.Tests.Matrix;

/// <summary>The project of a case: rendered with its starters, built, and running as production runs it.</summary>
public sealed class MatrixProject : IAsyncDisposable
{
    private MatrixProject(MatrixCase matrixCase, TestFolder folder, Plan plan, TestStack stack)
    {
        Case = matrixCase;
        Folder = folder;
        Plan = plan;
        Stack = stack;
    }

    public MatrixCase Case { get; }
    public StarterTraits Traits => StarterTraits.Of(Case.Stack);
    public TestFolder Folder { get; }
    public Plan Plan { get; }
    public TestStack Stack { get; }

    /// <summary>The image that is judged.</summary>
    public ImagePlan ImagePlan => Plan.Images.Single(i => i.Name == Traits.Service);
    public string Image => Stack.Images[Plan.Images.IndexOf(ImagePlan)];

    public Task<Container> Container(CancellationToken cancellation) => Stack.Project.Container(Traits.Service, cancellation);

    /// <summary>The manifest of a case with all that can stand around an image.</summary>
    public static string EveryOutput(MatrixCase matrixCase)
    {
        StarterTraits traits = StarterTraits.Of(matrixCase.Stack);
        string service = traits.ServesBrowsers ? "routes: [/]" : "routes: [/api], metrics: /metrics";
        return Manifest(matrixCase, "matrix").Replace($"stack: {matrixCase.Stack}, ", $"stack: {matrixCase.Stack}, {service}, ", StringComparison.Ordinal) + """
            images: { registry: ghcr.io/acme }
            proxy: { domain: matrix.example.com, tls: files }
            monitoring: { receiver: { webhook: ALERT_WEBHOOK_URL } }
            deploy: { host: deploy@matrix.example.com, ecs: { region: eu-central-1, cluster: matrix } }
            ci: github

            """;
    }

    private static string Manifest(MatrixCase matrixCase, string name) =>
        $"version: 1\nname: {name}\n{StarterTraits.Of(matrixCase.Stack).Manifest.Replace("{manager}", matrixCase.Manager, StringComparison.Ordinal).Replace("{base}", matrixCase.Base, StringComparison.Ordinal)}";

    /// <param name="matrixCase">What to render.</param>
    /// <param name="name">The project's name, which is part of the ids of its caches.</param>
    public static MatrixProject Render(MatrixCase matrixCase, string name)
    {
        StarterTraits traits = StarterTraits.Of(matrixCase.Stack);
        var folder = new TestFolder($"matrix-{matrixCase.Stack}-{matrixCase.Manager}-{matrixCase.Base}");
        try
        {
            Plan plan = Rendered.Into(folder, Manifest(matrixCase, name), starter: true);
            string context = plan.Images.Single(i => i.Name == traits.Service).Context;
            // What lies about in real repositories, and must not get into an image.
            folder.Write($"{context}/.env", "DATABASE_URL=postgresql://real:password@db/real\n");
            folder.Write($"{context}/.git/config", "[remote \"origin\"]\n");
            folder.Write($"{context}/tests/left-behind.txt", "\n");
            return new(matrixCase, folder, plan, TestStack.Of(folder, plan, production: true));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <param name="tag">The image's name.</param>
    /// <param name="fresh">True: no layer of an earlier build is used.</param>
    /// <param name="cancellation">Ends the build.</param>
    public async Task<ImageBuild> Build(string tag, bool fresh, CancellationToken cancellation)
    {
        var request = new BuildRequest(Folder[ImagePlan.Context], tag) { Dockerfile = ImagePlan.Dockerfile, Target = ImagePlan.Target, Fresh = fresh };
        ImageBuild build = await ImageBuild.Run(TestEngine.Shared, request, cancellation);
        return build.Succeeded ? build : throw new InvalidOperationException(build.Log);
    }

    /// <summary>Changes a source file, in a way that no cache has seen.</summary>
    public void Edit() => Folder.Write(Traits.Source, File.ReadAllText(Folder[Traits.Source]) + Traits.Remark.Replace("edited", $"edited {Guid.NewGuid()}", StringComparison.Ordinal));

    public async Task Up(CancellationToken cancellation)
    {
        if (!Plan.Secrets.IsEmpty)
            (await new ProcessCall("bash", ["scripts/secrets.sh"]) { Folder = Folder.Path }.Run(cancellation)).OrThrow();
        await Stack.Up(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Stack.DisposeAsync();
        Folder.Dispose();
    }
}
