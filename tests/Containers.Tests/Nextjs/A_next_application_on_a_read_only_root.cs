using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Xunit;

namespace DuskStack.Containers.Tests.Nextjs;

/// <summary>Pages made anew, fetched data and pictures made smaller, on an image without a shell, under a name that a platform gave it.</summary>
public sealed class NextjsApplication() : AppStack(
    "nextjs",
    """
    version: 1
    name: site
    services:
      web:
        stack: nextjs
        base: minimal
        stop: 5s
        env: { HOSTNAME: ip-10-0-0-1.ec2.internal }
    """);

public sealed partial class A_next_application_on_a_read_only_root(NextjsApplication application) : IClassFixture<NextjsApplication>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Client => application.Stack.Client;

    [EngineFact]
    public async Task It_listens_everywhere_whatever_name_the_platform_gives_it()
    {
        Container web = await application.Stack.Project.Container("web", Cancellation);
        Assert.Equal("healthy", (await web.Facts(Cancellation)).Health);
        Assert.Contains("HOSTNAME=ip-10-0-0-1.ec2.internal", (await TestEngine.Shared.Docker("inspect", "--format", "{{.Config.Env}}", web.Id).Run(Cancellation)).Text, StringComparison.Ordinal);
        Assert.Equal("0.0.0.0", await Client.GetStringAsync("/api/health", Cancellation));
    }

    [EngineFact]
    public async Task A_page_of_the_build_is_served_although_its_cache_is_empty()
    {
        Match first = await Stamp("/");
        Assert.Equal(first.Value, (await Stamp("/")).Value);
        // No page of this container can be older than it.
        Container web = await application.Stack.Project.Container("web", Cancellation);
        string started = (await TestEngine.Shared.Docker("inspect", "--format", "{{.State.StartedAt}}", web.Id).Run(Cancellation)).Text;
        Assert.True(string.CompareOrdinal(first.Groups["at"].Value, started) < 0, $"{first.Value} was made after {started}");
    }

    [EngineFact]
    public async Task A_page_is_made_anew_and_kept()
    {
        string old = (await Stamp("/anew")).Value;
        string? anew = await Polling.Until(async () => (await Stamp("/anew")).Value is var now && now != old ? now : null, TimeSpan.FromSeconds(20), Cancellation);
        Assert.NotNull(anew);
        Assert.Contains("anew.html", await Files("server/route-cache"), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task Fetched_data_is_kept()
    {
        Assert.Equal((await Stamp("/fetched")).Value, (await Stamp("/fetched")).Value);
        Assert.Contains("fetch-cache/", await Files("cache"), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task A_picture_is_made_smaller_and_kept()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_next/image?url=%2Fdot.png&w=64&q=75") { Headers = { { "Accept", "image/webp" } } };
        HttpResponseMessage picture = await Client.SendAsync(request, Cancellation);
        Assert.Equal("image/webp", picture.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(await Polling.Until(async () => (await Files("cache")).Contains(".webp", StringComparison.Ordinal) ? "" : null, TimeSpan.FromSeconds(10), Cancellation));
    }

    [EngineFact]
    public async Task A_reply_that_never_ends_is_given_up_in_time()
    {
        var limit = TimeSpan.FromSeconds(5);
        string log = "";
        ImmutableArray<ServiceStop> stops = await RepeatedStop.Within(limit, async () =>
        {
            ImmutableArray<ServiceStop> once;
            using (var client = new HttpClient { BaseAddress = Client.BaseAddress })
            using (HttpResponseMessage reply = await client.GetAsync("/api/endless", HttpCompletionOption.ResponseHeadersRead, Cancellation))
                once = await application.Stack.Project.Stop(Cancellation);
            log = await application.Stack.Project.Logs(Cancellation);
            // For the tests that follow, whatever this one finds.
            await application.Stack.Up(Cancellation);
            return once;
        });

        ServiceStop stop = Assert.Single(stops);
        Assert.Equal(143, stop.ExitCode);
        Assert.True(stop.Duration < limit, $"it took {stop.Duration.TotalSeconds:0.0} s");
        Assert.DoesNotMatch("EROFS|EACCES|Failed to", log);
    }

    private async Task<Match> Stamp(string path)
    {
        Match stamp = Made().Match(await Client.GetStringAsync(path, Cancellation));
        Assert.True(stamp.Success);
        return stamp;
    }

    /// <summary>What lies in a folder of .next.</summary>
    private async Task<string> Files(string folder) =>
        (await (await application.Stack.Project.Container("web", Cancellation)).Exec(["node", "-p", $"fs.readdirSync('/app/.next/{folder}', {{ recursive: true }}).join('\\n')"], Cancellation)).OrThrow().Output;

    [GeneratedRegex("(made|fetched) <!-- -->(?<at>[0-9T:.-]+)Z<")]
    private static partial Regex Made();
}
