namespace DuskStack.Containers.Tests;

/// <summary>A folder under /tmp, which engines on machines without a registry see as well; gone at the end.</summary>
public sealed class TestFolder : IDisposable
{
    public TestFolder(string name) => Path = Directory.CreateDirectory($"/tmp/duskstack-{name}-{System.IO.Path.GetRandomFileName()[..8]}").FullName;

    public string Path { get; }

    public string this[string path] => System.IO.Path.Combine(Path, path);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], content);
    }

    public void Edit(string path, string before, string after)
    {
        string text = File.ReadAllText(this[path]);
        if (!text.Contains(before, StringComparison.Ordinal))
            throw new InvalidOperationException($"{path} does not hold `{before}`");
        File.WriteAllText(this[path], text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>Copies what git would keep of a folder.</summary>
    public void Copy(string source, string target = ".")
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            string path = System.IO.Path.GetRelativePath(source, file);
            if (path.Split('/').Intersect(["node_modules", "dist", "secrets"]).Any())
                continue;
            string to = this[System.IO.Path.Combine(target, path)];
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
