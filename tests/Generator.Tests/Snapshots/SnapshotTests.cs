using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace DuskStack.Tests.Snapshots;

public sealed class SnapshotTests
{
    private const string AcceptCommand = "SNAPSHOTS=accept dotnet test --project tests/Generator.Tests";

    public static TheoryData<string> Cases() => [.. SnapshotCase.All().Select(c => new TheoryDataRow<string>(c.Name) { TestDisplayName = $"snapshot {c.Name}" })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_manifest_becomes_exactly_the_stored_files(string name)
    {
        SnapshotCase snapshot = SnapshotCase.All().Single(c => c.Name == name);
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept") snapshot.Accept();

        var actual = snapshot.Actual();
        var stored = snapshot.Stored();
        var report = new StringBuilder();
        foreach (string path in stored.Keys.Union(actual.Keys).Order(StringComparer.Ordinal))
        {
            if (!actual.TryGetValue(path, out string? now)) report.Append($"{path}: is no longer written\n");
            else if (!stored.TryGetValue(path, out string? before)) report.Append($"{path}: is new\n{Difference("", now)}");
            else if (now != before) report.Append($"{path}: differs\n{Difference(before, now)}");
        }

        Assert.True(report.Length == 0, $"tests/snapshots/{name}:\n{report}\nIf that is meant: {AcceptCommand}\n");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_same_manifest_becomes_the_same_bytes(string name)
    {
        SnapshotCase snapshot = SnapshotCase.All().Single(c => c.Name == name);
        Assert.Equal(snapshot.Actual(), snapshot.Actual());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_file_is_plain_text_with_one_line_feed_at_its_end(string name)
    {
        foreach ((string path, string text) in SnapshotCase.All().Single(c => c.Name == name).Actual())
        {
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain('\uFEFF', text);
            Assert.DoesNotContain('\t', text);
            Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
            Assert.True(text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal), $"{path} does not end with one line feed");
        }
    }

    private static string Difference(string before, string now)
    {
        var text = new StringBuilder();
        foreach (DiffPiece line in new InlineDiffBuilder(new Differ()).BuildDiffModel(before, now).Lines.Where(l => l.Type != ChangeType.Unchanged))
            text.Append(line.Type == ChangeType.Inserted ? "  + " : "  - ").Append(line.Text).Append('\n');
        return text.ToString();
    }
}
