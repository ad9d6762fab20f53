using System.Collections.Immutable;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>
/// What tests have to know about a folder of <c>examples/</c>: what its application keeps, and what it needs in place of the internet.
/// A new example is one class like this one, and one that derives from <see cref="Every_example"/>.
/// </summary>
/// <param name="name">Its folder.</param>
public abstract class Example(string name)
{
    /// <summary>Every one of them.</summary>
    public static ImmutableArray<Example> All { get; } =
        [.. typeof(Example).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Example)) && !t.IsAbstract).Select(t => (Example)Activator.CreateInstance(t)!).OrderBy(e => e.Name, StringComparer.Ordinal)];

    /// <summary>Those that run now: <c>.ci/nightly</c> has the time for every one.</summary>
    public static IEnumerable<Example> Chosen => All.Where(e => e.RunsNow);

    public string Name => name;

    /// <summary>True in the nightly, and for those that run every time.</summary>
    public bool RunsNow => EveryTime || TestEngine.IsNightly;

    /// <summary>True where it runs with every change, as it has what the others have not.</summary>
    public virtual bool EveryTime => false;

    /// <summary>What is written through the application once it runs: a path, and an object that is posted to it as JSON.</summary>
    public abstract (string Path, object Body) Write { get; }

    /// <summary>Where it is read again, and a text that the answer holds.</summary>
    public abstract (string Path, string Text) Read { get; }

    /// <summary>What each migration says in the log of its one-shot, in their order.</summary>
    public abstract ImmutableArray<string> Migrations { get; }

    /// <summary>The Compose service whose main process is killed.</summary>
    public virtual string Database => "postgres";

    /// <summary>Most bytes of memory that all containers together may take at rest; null for the sum of their limits.</summary>
    public virtual long? Memory => null;

    /// <summary>A secret that only its owner has.</summary>
    public virtual string Secret(string secret) => $"example-{secret}";

    /// <summary>The manifest, without what needs the internet.</summary>
    public virtual string Manifest(string text) => text;

    /// <summary>The last word on the folder before it is built.</summary>
    /// <returns>The Compose file that is run, which may include the generated one, and its further variables.</returns>
    public virtual (string File, (string Name, string Value)[] Variables) Prepare(TestFolder folder) => ("compose.prod.yaml", []);

    /// <summary>A client as its users have one: through what is published.</summary>
    public virtual Task<HttpClient> Client(TestStack stack, CancellationToken cancellation) => Task.FromResult(stack.Client);

    public override string ToString() => name;
}
