using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DuskStack.Containers.Verification.Images;

/// <summary>Reads an image from its first layer to its last, once.</summary>
public static partial class ImageReading
{
    /// <param name="engine">Has the image.</param>
    /// <param name="image">Its reference.</param>
    /// <param name="foundation">Hashes of the base's layers; empty when it starts from nothing.</param>
    /// <param name="secrets">What must not be in it.</param>
    /// <param name="declared">What its project calls development's, and production's.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ImageContent> Of(Engine engine, string image, ImmutableArray<string> foundation, SecretScan secrets, (ImmutableHashSet<string> Development, ImmutableHashSet<string> Production) declared, CancellationToken cancellation)
    {
        string file = Path.Combine(Path.GetTempPath(), $"duskstack-image-{Path.GetRandomFileName()}.tar");
        try
        {
            (await (engine.Docker("save", "--output", file, image) with { Timeout = TimeSpan.FromMinutes(10) }).Run(cancellation)).OrThrow();
            return await Read(await ImageArchive.Open(file, cancellation), foundation, secrets, declared, cancellation);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<ImageContent> Read(ImageArchive archive, ImmutableArray<string> foundation, SecretScan secrets, (ImmutableHashSet<string> Development, ImmutableHashSet<string> Production) declared, CancellationToken cancellation)
    {
        // A base that is not the one it was built upon shares no layer with it, and then all of it is the image's own.
        int below = archive.Hashes.Take(foundation.Length).SequenceEqual(foundation) ? foundation.Length : 0;
        long[] sizes = new long[archive.Layers.Length];
        var places = new Dictionary<string, long>(StringComparer.Ordinal);
        var packages = new List<InstalledPackage>();
        var found = new List<string>();
        ImmutableArray<string> instructions = archive.Instructions;
        await archive.Walk(
            async (layer, entry) =>
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.Length == 0)
                    return;
                sizes[layer] += entry.Length;
                if (layer < below || entry.DataStream is not { } data)
                    return;
                string path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
                places[Place(path)] = places.GetValueOrDefault(Place(path)) + entry.Length;
                if (Packages.IsDescription(path) && entry.Length < 1 << 20)
                {
                    using var reader = new StreamReader(data, Encoding.UTF8);
                    string text = await reader.ReadToEndAsync(cancellation);
                    if (Packages.Read(path, text) is { } package)
                        packages.Add(package);
                    found.AddRange(secrets.In(text).Select(s => $"{s} in /{path}"));
                    return;
                }

                found.AddRange((await secrets.In(data, !Packages.IsDependency(path), cancellation)).Select(s => $"{s} in /{path}"));
            },
            cancellation);

        JsonElement config = archive.Config.GetProperty("config");
        found.AddRange(config.Texts("Env").SelectMany(e => InEnvironment(e, secrets)));
        found.AddRange(archive.History().Skip(HistoryOfBase(archive, below)).Select(h => h.Text("created_by")).SelectMany(i => InHistory(i, secrets)));
        return new()
        {
            User = config.Text("User"),
            Entrypoint = config.Texts("Entrypoint"),
            Command = config.Texts("Cmd"),
            Layers = [.. sizes.Select((size, index) => new LayerContent(index < instructions.Length ? instructions[index] : "", size, index < below))],
            Largest = [.. places.OrderByDescending(p => p.Value).Take(12).Select(p => (p.Key, p.Value))],
            Secrets = [.. found.Distinct()],
            DevelopmentDependencies = Packages.OnlyDevelopment([.. packages], declared.Development, declared.Production),
        };
    }

    /// <summary>How many entries of the history belong to the layers of the base.</summary>
    private static int HistoryOfBase(ImageArchive archive, int below)
    {
        int layers = 0, entries = 0;
        foreach (JsonElement entry in archive.History())
        {
            if (layers >= below)
                break;
            entries++;
            layers += entry.Flag("empty_layer") ? 0 : 1;
        }

        return entries;
    }

    private static IEnumerable<string> InEnvironment(string variable, SecretScan secrets)
    {
        string[] parts = variable.Split('=', 2);
        if (SecretName().IsMatch(parts[0]) && parts is [_, { Length: > 0 } value] && !value.StartsWith('/'))
            yield return $"the value of {parts[0]} in the environment of the image";
        foreach (string secret in secrets.In(parts[^1]))
            yield return $"{secret} in the environment of the image, as {parts[0]}";
    }

    private static IEnumerable<string> InHistory(string instruction, SecretScan secrets)
    {
        foreach (Match assignment in Assignment().Matches(instruction).Where(a => SecretName().IsMatch(a.Groups["name"].Value)))
            yield return $"the value of {assignment.Groups["name"].Value} in the history of the image";
        foreach (string secret in secrets.In(instruction))
            yield return $"{secret} in the history of the image";
    }

    /// <summary>Where a file counts: its package, or its folder.</summary>
    private static string Place(string path)
    {
        if (Package().Match(path) is { Success: true } package)
            return package.Value.TrimEnd('/');
        string[] parts = path.Split('/');
        return string.Join('/', parts.Take(Math.Min(parts.Length, 3)));
    }

    [GeneratedRegex(@"^.*?(node_modules/(\.pnpm/)?(@[^/]+/)?[^/]+|site-packages/[^/]+)(/|$)")]
    private static partial Regex Package();

    [GeneratedRegex(@"(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // `|1 NPM_TOKEN=abc /bin/sh -c ...` is how the history keeps a build argument; ENV and RUN show theirs as well.
    [GeneratedRegex(@"(?<![\w$-])(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?![""']?(\$|/|\s|$|""|'))[^\s]+")]
    private static partial Regex Assignment();
}
