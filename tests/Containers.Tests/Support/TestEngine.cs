namespace DuskStack.Containers.Tests;

/// <summary>The engine that DOCKER_HOST or the default socket offers to these tests.</summary>
public static class TestEngine
{
    private static readonly Lazy<EngineSearch> Search = new(() => Engine.Find(CancellationToken.None).GetAwaiter().GetResult());

    public static bool IsThere => Search.Value is EngineSearch.Found;

    /// <summary>The variable that says how much of the matrix runs; with <c>all</c> everything else does as well.</summary>
    public const string Extent = "DUSKSTACK_MATRIX";

    /// <summary>True where everything is to run, however long it takes.</summary>
    public static bool IsNightly => IsThere && Environment.GetEnvironmentVariable(Extent) == "all";

    public static Engine Shared => Search.Value is EngineSearch.Found found ? found.Engine : throw new InvalidOperationException("no container engine");

    public static Engine? OrNull => IsThere ? Shared : null;
}
