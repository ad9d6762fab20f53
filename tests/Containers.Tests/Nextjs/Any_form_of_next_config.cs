using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Nextjs;

/// <summary>Whatever form next.config has, the build makes the server that production runs, and nobody edits the file.</summary>
public sealed class Any_form_of_next_config
{
    private const string Manifest =
        """
        version: 1
        name: forms
        services:
          web: { stack: nextjs }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Forms { get; } = new()
    {
        { "next.config.js", "module.exports = { poweredByHeader: false };" },
        { "next.config.js", "module.exports = (phase, { defaultConfig }) => ({ ...defaultConfig, poweredByHeader: false });" },
        { "next.config.mjs", "export default async () => ({ output: undefined });" },
        { "next.config.mjs", "const withPlugin = (inner) => (...given) => ({ ...inner(...given), env: { PLUGIN: 'yes' } });\nexport default withPlugin(() => ({}));" },
        { "next.config.ts", "import type { NextConfig } from 'next';\nconst config: NextConfig = { output: 'standalone' };\nexport default config;" },
    };

    [EngineTheory]
    [MemberData(nameof(Forms))]
    public async Task Makes_a_server_of_its_own(string file, string text)
    {
        ImageBuild build = await Build(Manifest, file, text, "runtime");
        Assert.True(build.Succeeded, build.Log);
    }

    [EngineFact]
    public async Task An_output_folder_of_another_name_is_found()
    {
        ImageBuild build = await Build(Manifest.Replace("nextjs }", "nextjs, build: { output: build } }", StringComparison.Ordinal), "next.config.js", "module.exports = { distDir: 'build' };", "runtime");
        Assert.True(build.Succeeded, build.Log);
    }

    [EngineFact]
    public async Task A_site_that_is_exported_ends_the_build_with_advice()
    {
        ImageBuild build = await Build(Manifest, "next.config.js", "module.exports = { output: 'export' };", "build");
        Assert.False(build.Succeeded);
        Assert.Contains("The build made no .next/standalone/server.js. Set output: 'standalone' in next.config; a site that is exported is for stack: spa.", build.Log, StringComparison.Ordinal);
    }

    private static async Task<ImageBuild> Build(string manifest, string file, string text, string target)
    {
        using var folder = new TestFolder("next-config");
        Plan plan = Rendered.Into(folder, manifest);
        string context = plan.Images[0].Context, image = $"next-config-{Path.GetRandomFileName()[..6]}";
        foreach (string part in new[] { "package.json", "package-lock.json", "app/layout.js", "app/page.js" })
            folder.Write($"{context}/{part}", await File.ReadAllTextAsync(Path.Combine(Repository.App("nextjs"), part), Cancellation));
        folder.Write($"{context}/{file}", text);
        try
        {
            return await ImageBuild.Run(TestEngine.Shared, new(folder[context], image) { Target = target }, Cancellation);
        }
        finally
        {
            await TestEngine.Shared.Docker("image", "rm", "--force", image).Run(CancellationToken.None);
        }
    }
}
