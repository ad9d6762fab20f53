using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DuskStack.Tests.Bugs.Reading;

/// <summary>An instruction, its continued lines joined.</summary>
/// <param name="Keyword">As it is written: <c>RUN</c>.</param>
/// <param name="Options">Words like <c>--from=build</c>, without what follows.</param>
/// <param name="Text">All after the options.</param>
/// <param name="Document">The here-document; empty when it has none.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record Instruction(string Keyword, ImmutableArray<string> Options, string Text, string Document, int Line)
{
    /// <summary>What a RUN runs, wherever it stands.</summary>
    public string Script => $"{Text}\n{Document}";

    /// <summary>The words of a JSON form; null for the shell form.</summary>
    public ImmutableArray<string>? Words => Form.StartsWith('[') ? [.. JsonSerializer.Deserialize<string[]>(Form)!] : null;

    /// <summary>Of HEALTHCHECK, what follows CMD.</summary>
    private string Form => Text.StartsWith("CMD ", StringComparison.Ordinal) ? Text["CMD ".Length..].Trim() : Text;

    public string? Option(string name) => Options.FirstOrDefault(o => o.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];

    /// <summary>Of COPY, all but the last word; a here-document comes from nowhere.</summary>
    public ImmutableArray<string> CopySources => Text.Contains("<<", StringComparison.Ordinal) ? [] : [.. Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)];

    /// <summary>Single commands of a RUN, in order.</summary>
    public IEnumerable<string> Commands => Regex.Split(Script, @"&&|\|\||[;|\n{}]|\b(?:then|do|else)\b").Select(c => c.Trim()).Where(c => c.Length > 0);
}

/// <summary>A stage.</summary>
/// <param name="Name">Its name; its number when it has none.</param>
/// <param name="From">An image, or the stage that it continues.</param>
/// <param name="Instructions">Those after FROM.</param>
internal sealed record Stage(string Name, string From, ImmutableArray<Instruction> Instructions);

/// <summary>A Dockerfile as BuildKit reads it.</summary>
internal sealed record Dockerfile(string Path, string Source, ImmutableArray<Stage> Stages)
{
    public Stage Final => Stages[^1];

    /// <summary>The image at the bottom of the last stage.</summary>
    public string FinalBase => Chain(Final)[^1].From;

    /// <summary>The instructions of the last stage and of those that it continues, the oldest first.</summary>
    public IEnumerable<Instruction> InImage => Chain(Final).Reverse().SelectMany(s => s.Instructions);

    public IEnumerable<Instruction> All => Stages.SelectMany(s => s.Instructions);

    public IEnumerable<string> Images => Stages.Select(s => s.From).Concat(All.Select(i => i.Option("from")).OfType<string>()).Where(from => Stage(from) is null && from != "scratch");

    public Stage? Stage(string name) => Stages.FirstOrDefault(s => s.Name == name);

    /// <summary>A stage and those that it continues, the stage first.</summary>
    public ImmutableArray<Stage> Chain(Stage stage) => Stage(stage.From) is { } below && below != stage ? [stage, .. Chain(below)] : [stage];

    /// <summary>A variable of the image; null when nothing sets it.</summary>
    public string? Variable(string name) => InImage.Where(i => i.Keyword == "ENV")
        .SelectMany(i => Regex.Matches(i.Text, @"(?<name>\w+)=(?<value>""[^""]*""|\S*)").Select(m => (Name: m.Groups["name"].Value, Value: m.Groups["value"].Value.Trim('"'))))
        .LastOrDefault(v => v.Name == name).Value;

    public static Dockerfile Read(string path, string text)
    {
        var stages = ImmutableArray.CreateBuilder<Stage>();
        (string Name, string From)? open = null;
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        foreach (Instruction instruction in Instructions(text))
        {
            if (instruction.Keyword != "FROM")
            {
                // An ARG before the first FROM belongs to no stage.
                if (open is not null) instructions.Add(instruction);
                continue;
            }

            Close();
            string[] words = instruction.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            open = (words.Length == 3 ? words[2] : $"{stages.Count}", words[0]);
        }

        Close();
        return new(path, text, stages.ToImmutable());

        void Close()
        {
            if (open is { } stage) stages.Add(new(stage.Name, stage.From, instructions.DrainToImmutable()));
        }
    }

    private static IEnumerable<Instruction> Instructions(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart() is "" or ['#', ..]) continue;
            int first = i + 1;
            string joined = lines[i].Trim();
            while (joined.EndsWith('\\') && i + 1 < lines.Length)
            {
                string next = lines[++i].Trim();
                if (!next.StartsWith('#')) joined = $"{joined[..^1].TrimEnd()} {next}";
            }

            string keyword = joined.Split(' ')[0], rest = joined[keyword.Length..].Trim();
            string document = "";
            if (keyword is "RUN" or "COPY" && Regex.Match(rest, @"<<-?['""]?(?<mark>\w+)['""]?") is { Success: true } here)
            {
                var inside = new List<string>();
                while (++i < lines.Length && lines[i] != here.Groups["mark"].Value) inside.Add(lines[i]);
                document = string.Join('\n', inside);
            }

            var options = ImmutableArray.CreateBuilder<string>();
            while (Regex.Match(rest, @"^--\S+\s+") is { Success: true } option)
            {
                options.Add(option.Value.Trim());
                rest = rest[option.Length..];
            }

            yield return new(keyword, options.ToImmutable(), rest, document, first);
        }
    }
}
