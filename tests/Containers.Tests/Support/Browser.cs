using System.Collections.Immutable;
using Microsoft.Playwright;

namespace DuskStack.Containers.Tests;

/// <summary>
/// Headless Chromium: what a person sees of a page. It is the machine's own (<c>apt-get install chromium</c>), as Playwright's cannot be
/// downloaded everywhere. A machine with an engine is meant to have one: its tests fail without it, and do not skip themselves.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly ImmutableArray<string> Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static async Task<Browser> Open()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        // root needs --no-sandbox: https://chromium.googlesource.com/chromium/src/+/main/docs/linux/sandboxing.md
        string[] arguments = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [];
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable(), Args = arguments }));
    }

    /// <summary>A page of its own profile, which has gone to <paramref name="address"/>.</summary>
    public async Task<BrowserPage> Visit(Uri address)
    {
        IPage page = await (await browser.NewContextAsync()).NewPageAsync();
        var visited = new BrowserPage(page);
        await page.GotoAsync(address.ToString());
        return visited;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static string Executable()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append("/usr/bin");
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("no Chromium on the PATH: on Debian, `apt-get install chromium`");
    }
}

/// <summary>A page, and what its console and its network complained about.</summary>
public sealed class BrowserPage
{
    private readonly List<string> complaints = [];

    public BrowserPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, error);
        // What the page itself gave up is no failure.
        page.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"{request.Url}: {request.Failure}");
    }

    /// <summary>Everything that Playwright can do with it.</summary>
    public IPage Page { get; }

    /// <summary>Errors and warnings so far: violations of the content security policy, missing files, exceptions.</summary>
    public ImmutableArray<string> Complaints
    {
        get
        {
            lock (complaints)
                return [.. complaints];
        }
    }

    /// <summary>Waits until the page shows <paramref name="text"/> somewhere; fails after Playwright's 30 s.</summary>
    public Task Shows(string text) => Page.GetByText(text).First.WaitForAsync();

    private void Note(bool bad, string complaint)
    {
        lock (complaints)
        {
            if (bad)
                complaints.Add(complaint);
        }
    }
}
