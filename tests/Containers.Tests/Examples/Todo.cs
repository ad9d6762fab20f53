using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>FastAPI, Next.js on a base of nothing else, PostgreSQL. Nobody here has a key of OpenAI.</summary>
public sealed class Todo() : Example("todo")
{
    public override (string Path, object Body) Write => ("/api/todos", new { title = "Look for the lamp", due = "2026-12-24" });

    public override (string Path, string Text) Read => ("/api/todos", "Look for the lamp");

    public override ImmutableArray<string> Migrations => ["-> 0001, todos", "0001 -> 0002, the day"];

    public override string Secret(string secret) => "none";
}

public sealed class The_example_todo(RunningExamples examples) : Every_example(examples, new Todo())
{
    [EngineFact]
    public async Task Without_a_key_the_assistant_says_what_to_do()
    {
        using HttpResponseMessage answer = await (await Running).Client.PostAsJsonAsync("/api/chat", new { message = "What comes first?" }, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("set OPENAI_API_KEY", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task A_browser_shows_the_list_and_what_the_assistant_says()
    {
        await using Browser browser = await Browser.Open();
        BrowserPage visited = await browser.Visit((await Running).Client.BaseAddress!);
        await visited.Shows("Look for the lamp");
        await visited.Page.GetByPlaceholder("What should I do first?").FillAsync("What comes first?");
        await visited.Page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await visited.Shows("The assistant has no key");
        // The browser's own note about the answer 503.
        Assert.All(visited.Complaints, c => Assert.Contains("503", c, StringComparison.Ordinal));
    }
}
