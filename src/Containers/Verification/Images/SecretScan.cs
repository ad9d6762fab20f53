using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace DuskStack.Containers.Verification.Images;

/// <summary>Looks for secrets in bytes: for values that this run has handed out, and for the shapes of well-known keys.</summary>
/// <param name="Values">By what they are called in messages.</param>
public sealed partial record SecretScan(ImmutableArray<(string Name, byte[] Value)> Values)
{
    private const int Chunk = 1 << 20;

    /// <summary>The longest shape fits in it.</summary>
    private const int Overlap = 4096;

    private static readonly (string Name, byte[] Start, Regex Shape)[] Shapes =
    [
        ("a private key", "-----BEGIN "u8.ToArray(), PrivateKey()),
        ("a key of AWS", "AKIA"u8.ToArray(), Aws()),
        ("a token of GitHub", "gh"u8.ToArray(), GitHub()),
        ("a token of GitHub", "github_pat_"u8.ToArray(), GitHubFine()),
        ("a token of GitLab", "glpat-"u8.ToArray(), GitLab()),
        ("a token of npm", "npm_"u8.ToArray(), Npm()),
        ("a token of Slack", "xox"u8.ToArray(), Slack()),
        ("a key of Stripe", "sk_live_"u8.ToArray(), Stripe()),
        ("a key of Google", "AIza"u8.ToArray(), Google()),
        ("a key of OpenAI or Anthropic", "sk-"u8.ToArray(), Model()),
    ];

    /// <summary>Handed-out values in a short text.</summary>
    public IEnumerable<string> In(string text) => Find(Encoding.UTF8.GetBytes(text), withShapes: true).Distinct();

    /// <param name="content">Read to its end.</param>
    /// <param name="withShapes">False where samples of keys are usual: in dependencies.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ImmutableHashSet<string>> In(Stream content, bool withShapes, CancellationToken cancellation)
    {
        byte[] buffer = new byte[Chunk + Overlap];
        ImmutableHashSet<string> found = [];
        int kept = 0, read;
        while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellation)) > 0)
        {
            int end = kept + read;
            found = found.Union(Find(buffer.AsSpan(0, end), withShapes));
            // The end is looked at again, together with what follows.
            kept = Math.Min(Overlap, end);
            buffer.AsSpan(end - kept, kept).CopyTo(buffer);
            if (end < buffer.Length)
                break;
        }

        return found;
    }

    private List<string> Find(ReadOnlySpan<byte> bytes, bool withShapes)
    {
        var found = new List<string>();
        foreach ((string name, byte[] value) in Values)
        {
            if (bytes.IndexOf(value) >= 0)
                found.Add(name);
        }

        foreach ((string name, byte[] start, Regex shape) in withShapes ? Shapes : [])
        {
            for (int from = 0, at; (at = bytes[from..].IndexOf(start)) >= 0; from += at + start.Length)
            {
                ReadOnlySpan<byte> rest = bytes.Slice(from + at, Math.Min(Overlap, bytes.Length - from - at));
                if (!shape.IsMatch(Encoding.Latin1.GetString(rest[..Math.Min(rest.Length, 300)])))
                    continue;
                found.Add(name);
                break;
            }
        }

        return found;
    }

    [GeneratedRegex(@"^-----BEGIN ([A-Z]+ )*PRIVATE KEY-----[\r\n]+(?:[A-Za-z0-9+/=]{20,}[\r\n]+)")]
    private static partial Regex PrivateKey();

    // AKIAIOSFODNN7EXAMPLE is the one of Amazon's manuals.
    [GeneratedRegex(@"^AKIA(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}(?![0-9A-Za-z])")]
    private static partial Regex Aws();

    [GeneratedRegex(@"^gh[pousr]_[A-Za-z0-9]{36}")]
    private static partial Regex GitHub();

    [GeneratedRegex(@"^github_pat_[A-Za-z0-9_]{60,}")]
    private static partial Regex GitHubFine();

    [GeneratedRegex(@"^glpat-[0-9A-Za-z_-]{20}")]
    private static partial Regex GitLab();

    [GeneratedRegex(@"^npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])")]
    private static partial Regex Npm();

    [GeneratedRegex(@"^xox[baprs]-[0-9]{8,}-[0-9A-Za-z-]{10,}")]
    private static partial Regex Slack();

    [GeneratedRegex(@"^sk_live_[0-9a-zA-Z]{24,}")]
    private static partial Regex Stripe();

    [GeneratedRegex(@"^AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])")]
    private static partial Regex Google();

    [GeneratedRegex(@"^sk-(proj-|ant-)[A-Za-z0-9_-]{40,}")]
    private static partial Regex Model();
}
