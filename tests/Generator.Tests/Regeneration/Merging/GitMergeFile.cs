using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DuskStack.Tests.Regeneration.Merging;

/// <summary>The oracle: <c>git merge-file</c>, many at a time, in a folder where no configuration of git reaches.</summary>
internal static class GitMergeFile
{
    private const string Script = """
        for n in $(seq 0 $(($1 - 1))); do
          git merge-file -p --zdiff3 -L yours -L 'last generated' -L template "$n.ours" "$n.base" "$n.theirs" >"$n.merged" 2>/dev/null
          echo $? >>codes
        done
        """;

    /// <param name="triples">Base, ours and theirs of each merge.</param>
    /// <returns>The number of conflicts, 127 for more, and the text.</returns>
    public static ImmutableArray<(int Conflicts, string Text)> Run(IReadOnlyList<(string Base, string Ours, string Theirs)> triples)
    {
        var folder = Directory.CreateTempSubdirectory("duskstack-merge-").FullName;
        try
        {
            for (var n = 0; n < triples.Count; n++)
            {
                Write(folder, n, "base", triples[n].Base);
                Write(folder, n, "ours", triples[n].Ours);
                Write(folder, n, "theirs", triples[n].Theirs);
            }

            using var shell = Process.Start(Shell(folder, triples.Count))!;
            var error = shell.StandardError.ReadToEnd();
            shell.WaitForExit();
            if (shell.ExitCode != 0)
                throw new InvalidOperationException(error);

            return
            [
                .. File.ReadLines(Path.Combine(folder, "codes")).Index()
                    .Select(l => (int.Parse(l.Item, CultureInfo.InvariantCulture), Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(folder, $"{l.Index}.merged"))))),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ProcessStartInfo Shell(string folder, int count) => new("sh", ["-c", Script, "sh", count.ToString(CultureInfo.InvariantCulture)])
    {
        WorkingDirectory = folder,
        RedirectStandardError = true,
        Environment =
        {
            ["HOME"] = folder,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = Path.Combine(folder, "none"),
            ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder),
        },
    };

    private static void Write(string folder, int n, string name, string text) => File.WriteAllBytes(Path.Combine(folder, $"{n}.{name}"), Encoding.Latin1.GetBytes(text));
}
