using System.Collections.Immutable;
using DuskStack.Packing.Parameters;
using DuskStack.Regeneration;
using Xunit;

namespace DuskStack.Templates.Tests;

/// <summary>The one promise: byte for byte what the tool makes of the same manifest.</summary>
public sealed class What_dotnet_new_writes(PackedTemplate template)
{
    /// <summary>Beside every pair of choices. The nightly takes more.</summary>
    private static readonly int More = Environment.GetEnvironmentVariable("DUSKSTACK_NEW_PROJECTS") is { } number ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 40;

    [Fact]
    public async Task Is_what_the_tool_generates()
    {
        using InProcessEngine engine = await InProcessEngine.Install(template.Package);
        ImmutableArray<NewProjectCase> cases = NewProjectCase.Pairwise(More);
        var faults = new List<string>();
        int files = 0;
        foreach (NewProjectCase call in cases)
        {
            ImmutableSortedDictionary<string, string> expected = GeneratedProject.Of(call.Manifest, call.Point[ParameterList.NoStarter] != "true");
            files += expected.Count;
            ImmutableSortedDictionary<string, string> written = await engine.New(call);
            faults.AddRange(GeneratedProject.Differences(GeneratedProject.AsNew(expected), written).Select(d => $"{call}: {d}"));
            // What stands for the bases says what they would.
            faults.AddRange(GeneratedProject.Differences(expected.RemoveRange(written.Keys), GeneratedProject.Bases(written[OwnPaths.First])).Select(d => $"{call}: {d}"));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{cases.Length} projects, {files} files compared, {faults.Count} differences");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
    }

    [Fact]
    public async Task Is_found_out_when_one_condition_is_wrong()
    {
        string folder = template.At("wrong");
        Copy(template.Content, folder);
        string file = Directory.EnumerateFiles(folder, "compose.prod.yaml", SearchOption.AllDirectories).Single();
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), wrong = text.Replace("#!if (mon)", "#!if (!mon)", StringComparison.Ordinal);
        Assert.NotEqual(text, wrong);
        await File.WriteAllTextAsync(file, wrong, TestContext.Current.CancellationToken);
        using InProcessEngine engine = await InProcessEngine.Install(folder);
        var call = NewProjectCase.Of(Point.Default.With(ParameterList.Monitoring, "true"), 0);
        Assert.Contains(GeneratedProject.Differences(GeneratedProject.AsNew(GeneratedProject.Of(call.Manifest, starter: true)), await engine.New(call)), d => d.StartsWith("compose.prod.yaml differs", StringComparison.Ordinal));
    }

    /// <summary>As people do it: the package from a feed, the command, and then the tool.</summary>
    [Fact]
    public async Task Is_up_to_date_for_the_tool_after_a_real_dotnet_new()
    {
        string hive = template.At("hive");
        await PackedTemplate.Run(Path.GetTempPath(), "new", "install", template.Package, "--debug:custom-hive", hive);
        NewProjectCase[] cases = [.. NewProjectCase.Pairwise(more: 20).Take(40)];
        Assert.Equal(40, cases.Length);
        for (int i = 0; i < cases.Length; i++)
        {
            string folder = template.At($"new/{i}");
            await PackedTemplate.Run(Path.GetTempPath(), ["new", "duskstack", "-n", cases[i].Name, "-o", folder, .. cases[i].Words, "--debug:custom-hive", hive, "--no-update-check"]);
            bool starter = cases[i].Point[ParameterList.NoStarter] != "true";
            ImmutableSortedDictionary<string, string> generated = GeneratedProject.Of(cases[i].Manifest, starter), written = GeneratedProject.Tree(folder);
            ImmutableArray<string> differences = GeneratedProject.Differences(GeneratedProject.AsNew(generated), written);
            Assert.True(differences.IsEmpty, $"{cases[i]}: {string.Join("\n", differences)}");
            RegenerationResult next = GeneratedProject.Generate(folder, starter: false);
            Assert.True(next.NothingToDo, $"{cases[i]}: {string.Join(", ", next.Changes.Where(c => c.Action != FileAction.Unchanged).Select(c => c.Path))}");
            Assert.Empty(GeneratedProject.Differences(written, GeneratedProject.Tree(folder)));
            // With the bases it is what the tool would have generated from the start.
            Assert.Equal(Outcome.Clean, GeneratedProject.Repair(folder).Outcome);
            Assert.Empty(GeneratedProject.Differences(generated, GeneratedProject.Tree(folder)));
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
