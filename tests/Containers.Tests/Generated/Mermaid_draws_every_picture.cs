using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace DuskStack.Containers.Tests.Generated;

/// <summary>The picture of a guide, drawn by Mermaid itself in a browser.</summary>
public sealed class Mermaid_draws_every_picture
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Names that are words of Mermaid's language, and text that HTML and Mermaid would read.</summary>
    private const string Odd = """
        version: 1
        name: odd
        services:
          end: { stack: node, needs: [default, class, "o", x] }
          default: { stack: node, path: services/a+b@c, processes: { graph: { start: [node, "x.js"], replicas: 2 } } }
          class: { image: "ghcr.io/acme/class:1.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
          "o": { image: busybox:1.36 }
          x: { image: busybox:1.36 }
          lr: { image: busybox:1.36, needs: [end] }
        """;

    [EngineFact]
    [ProvesEveryCase("guide")]
    public async Task Mermaid_reads_and_draws_it()
    {
        using var folder = new TestFolder("mermaid");
        (await (new ProcessCall("npm", ["pack", "--silent", "mermaid@11.17.2"]) with { Folder = folder.Path }).Run(Cancellation)).OrThrow();
        (await new ProcessCall("tar", ["-xzf", folder["mermaid-11.17.2.tgz"], "-C", folder.Path, "package/dist/mermaid.min.js"]).Run(Cancellation)).OrThrow();
        folder.Write("index.html", "<!doctype html><script src='package/dist/mermaid.min.js'></script>");
        await using Browser browser = await Browser.Open();
        IPage page = (await browser.Visit(new Uri(folder["index.html"]))).Page;

        Assert.StartsWith("error", await Draw(page, "flowchart LR\n  end[\"a\"] --> \"b\n"), StringComparison.Ordinal);
        foreach (GeneratedTree tree in GeneratedTree.All.Append(new("odd names", Odds)))
        {
            using TestFolder generated = tree.Write();
            string picture = (await File.ReadAllTextAsync(generated["docs/containers.md"], Cancellation)).Split("```mermaid\n")[1].Split("```")[0];
            string drawn = await Draw(page, picture);
            Assert.True(drawn.StartsWith("<svg", StringComparison.Ordinal), $"{tree.Name}: {drawn}\n{picture}");
            Assert.Equal(picture.Split('\n').Count(l => l.Contains("<br/>", StringComparison.Ordinal)), drawn.Split("id=\"picture-flowchart-C_").Length - 1);
        }
    }

    /// <summary>The drawing, or <c>error</c> and why there is none.</summary>
    private static Task<string> Draw(IPage page, string picture) => page.EvaluateAsync<string>(
        "async picture => { mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' }); try { return (await mermaid.render('picture', JSON.parse(picture))).svg } catch (problem) { return `error ${problem}` } }",
        JsonSerializer.Serialize(picture));

    private static TestFolder Odds()
    {
        var folder = new TestFolder("mermaid-odd");
        Rendered.Into(folder, Odd);
        return folder;
    }
}
