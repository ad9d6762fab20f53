using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Json;
using DuskStack.Planning;
using Xunit;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>An example as a clone of the repository has it, in production, with something in its database.</summary>
public sealed class RunningExample : IAsyncDisposable
{
    private readonly Example example;
    private HttpClient? client;

    private RunningExample(Example example, TestFolder folder, Plan plan, TestStack stack)
    {
        this.example = example;
        Folder = folder;
        Plan = plan;
        Stack = stack;
    }

    public TestFolder Folder { get; }

    public Plan Plan { get; }

    public TestStack Stack { get; }

    /// <summary>How long the images took; hardly any time where an earlier build left its layers.</summary>
    public TimeSpan Build { get; private set; }

    /// <summary>How long <c>up --wait</c> took once the images existed.</summary>
    public TimeSpan UntilHealthy { get; private set; }

    public HttpClient Client => client!;

    public static async Task<RunningExample> Start(Example example)
    {
        var folder = new TestFolder(example.Name);
        folder.Copy(Path.Combine(Repository.Root, "examples", example.Name));
        Plan plan = Rendered.Into(folder, example.Manifest(await File.ReadAllTextAsync(folder["duskstack.yaml"])));
        (string file, (string, string)[] variables) = example.Prepare(folder);
        var running = new RunningExample(example, folder, plan, TestStack.Of(folder, plan, production: true, file, variables));
        try
        {
            (await Secrets(example, plan, folder).Run(CancellationToken.None)).OrThrow();
            running.Build = (await running.Stack.Project.Build(CancellationToken.None)).OrThrow().Duration;
            long start = Stopwatch.GetTimestamp();
            await running.Stack.Up(CancellationToken.None);
            running.UntilHealthy = Stopwatch.GetElapsedTime(start);
            running.client = await example.Client(running.Stack, CancellationToken.None);
            (await running.Client.PostAsJsonAsync(example.Write.Path, example.Write.Body)).EnsureSuccessStatusCode();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>scripts/secrets.sh, as its owner calls it who has all that the script asks for.</summary>
    public static ProcessCall Secrets(Example example, Plan plan, TestFolder folder) => new("bash", ["scripts/secrets.sh"])
    {
        Folder = folder.Path,
        Environment = plan.Secrets.Where(s => s.Origin is SecretOrigin.User).ToImmutableDictionary(s => s.Name, s => (string?)example.Secret(s.Name)),
    };

    /// <summary>Containers of the manifest that run all the time.</summary>
    public async Task<ImmutableArray<ServiceContainer>> Containers(CancellationToken cancellation)
    {
        ImmutableHashSet<string> always = [.. Plan.Containers.Where(c => c.Role != ContainerRole.OneShot).Select(c => c.Name)];
        return [.. (await Stack.Project.Containers(cancellation)).Where(c => always.Contains(c.Service))];
    }

    /// <summary>Waits until every container is healthy and the application shows what was written in the beginning.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public async Task<string?> Trouble(TimeSpan patience, CancellationToken cancellation)
    {
        string trouble = "";
        bool well = await Polling.Until(Well, patience, cancellation) is not null;
        return well ? null : $"{trouble}\n{await Stack.Project.Logs(cancellation)}";

        async Task<string?> Well() => (trouble = await Complaint() ?? "").Length == 0 ? "" : null;

        async Task<string?> Complaint()
        {
            if ((await Containers(cancellation)).FirstOrDefault(c => c.Facts is not { Running: true, Health: "healthy" or "" }) is { } ill)
                return $"{ill.Service} is {(ill.Facts.Running ? ill.Facts.Health : "not running")}: {ill.Facts.HealthLog}";
            return await Answer(cancellation) is var answer && answer.Contains(example.Read.Text, StringComparison.Ordinal) ? null : $"{example.Read.Path} answers {answer}";
        }
    }

    public async Task MustBeWell(TimeSpan patience, CancellationToken cancellation)
    {
        string? trouble = await Trouble(patience, cancellation);
        Assert.True(trouble is null, trouble);
    }

    /// <summary>The body, or what is in the way of one.</summary>
    private async Task<string> Answer(CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await Client.GetAsync(example.Read.Path, cancellation);
            string body = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode ? body : $"{(int)answer.StatusCode} {body}";
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return failure.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        await Stack.DisposeAsync();
        Folder.Dispose();
    }
}
