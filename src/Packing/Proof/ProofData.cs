using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace DuskStack.Packing.Proof;

/// <summary>What a test says about an output of a combination.</summary>
/// <param name="Combination">Stack, package manager and base, with spaces between.</param>
/// <param name="Output">One of <see cref="ProofMatrix.Outputs"/>.</param>
/// <param name="Level"><see cref="Run"/> or <see cref="Validated"/>.</param>
/// <param name="Test"><c>Class.Method</c>.</param>
public sealed record ProofClaim(string Combination, string Output, string Level, string Test)
{
    public const string Run = "run";
    public const string Validated = "validated";
}

/// <summary>docs/proof.json: the claims of tests that passed. No times and no names of machines, so that it changes only when the proof does.</summary>
public static class ProofData
{
    public const string File = "docs/proof.json";

    /// <summary>The trait by which a test says what it proves; its value is <c>run: node npm slim image</c>.</summary>
    private const string Trait = "Proves";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Takes over what reports of xunit say: the claims of their tests replace those of the same tests before, and a test that did not pass proves nothing.</summary>
    /// <param name="before">What was proven.</param>
    /// <param name="reports">XML of xunit (<c>--report-xunit</c>).</param>
    /// <returns>What is proven now, and the claims that failed.</returns>
    public static (ImmutableArray<ProofClaim> Proven, ImmutableArray<ProofClaim> Failed) Merge(ImmutableArray<ProofClaim> before, IEnumerable<XDocument> reports)
    {
        var passed = new HashSet<ProofClaim>();
        var failed = new HashSet<ProofClaim>();
        foreach (XElement test in reports.SelectMany(r => r.Descendants("test")))
        {
            // A test that was skipped says nothing, for or against; nor does one of a run that was broken off before it ended.
            string result = (string?)test.Attribute("result") ?? "";
            if (result is not ("Pass" or "Fail") || test.Attribute("type") is not { } type || test.Attribute("method") is not { } method) continue;
            string name = $"{((string)type).Split('.', '+')[^1]}.{(string)method}";
            foreach (ProofClaim claim in test.Descendants("trait").Where(t => (string?)t.Attribute("name") == Trait).Select(t => Claim((string)t.Attribute("value")!, name)))
                (result == "Pass" ? passed : failed).Add(claim);
        }

        // One row of a theory may pass where another one with the same claim does not.
        IEnumerable<ProofClaim> kept = before.Where(c => !passed.Contains(c)).Concat(passed).Except(failed);
        // Whoever says so too cannot outweigh a test that fails.
        IEnumerable<ProofClaim> sound = kept.Where(c => !failed.Any(f => (f.Combination, f.Output, f.Level) == (c.Combination, c.Output, c.Level)));
        return (Sorted(sound), Sorted(failed));
    }

    public static ImmutableArray<ProofClaim> Read(string root)
    {
        string file = Path.Combine(root, File);
        if (!System.IO.File.Exists(file)) return [];
        var data = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Dictionary<string, string[]>>>>(System.IO.File.ReadAllText(file))!;
        return Sorted(from combination in data from output in combination.Value from level in output.Value from test in level.Value select new ProofClaim(combination.Key, output.Key, level.Key, test));
    }

    public static string Write(ImmutableArray<ProofClaim> claims) => JsonSerializer.Serialize(
        Group(claims, c => c.Combination, combination => Group(combination, c => c.Output, output => Group(output, c => c.Level, level => level.Select(c => c.Test).Order(StringComparer.Ordinal).ToArray()))),
        Format) + "\n";

    private static ProofClaim Claim(string value, string test)
    {
        string level = value.Split(':')[0], rest = value[(level.Length + 2)..];
        int last = rest.LastIndexOf(' ');
        return new(rest[..last], rest[(last + 1)..], level, test);
    }

    private static SortedDictionary<string, T> Group<T>(IEnumerable<ProofClaim> claims, Func<ProofClaim, string> by, Func<IEnumerable<ProofClaim>, T> inside) =>
        new(claims.GroupBy(by).ToDictionary(g => g.Key, g => inside(g)), StringComparer.Ordinal);

    private static ImmutableArray<ProofClaim> Sorted(IEnumerable<ProofClaim> claims) =>
        [.. claims.OrderBy(c => c.Combination, StringComparer.Ordinal).ThenBy(c => c.Output, StringComparer.Ordinal).ThenBy(c => c.Level, StringComparer.Ordinal).ThenBy(c => c.Test, StringComparer.Ordinal)];
}
