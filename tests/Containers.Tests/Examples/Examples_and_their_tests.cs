using Xunit;

namespace DuskStack.Containers.Tests.Examples;

public sealed class Examples_and_their_tests
{
    /// <summary>examples/shop has its own, in the folder Shop.</summary>
    [Fact]
    public void Every_folder_has_a_class()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "examples")).Where(f => File.Exists(Path.Combine(f, "duskstack.yaml"))).Select(f => Path.GetFileName(f)).Where(f => f != "shop").Order(StringComparer.Ordinal)];
        string[] tested = [.. Example.All.Select(e => e.Name)];
        Assert.True(folders.SequenceEqual(tested), $"examples/ has {string.Join(", ", folders)}; tests/Containers.Tests/Examples has a class for {string.Join(", ", tested)}. A new example joins as Duskspendr.cs shows");
        Assert.Equal(Example.All.Length, typeof(Every_example).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(Every_example)) && !t.IsAbstract));
    }
}
