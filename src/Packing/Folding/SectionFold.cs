using System.Collections.Immutable;
using System.Text;
using DuskStack.Packing.Learning;

namespace DuskStack.Packing.Folding;

/// <summary>Writes all variants of a section as one text with conditional lines.</summary>
public static class SectionFold
{
    public const string If = "#!if", ElseIf = "#!elseif", Else = "#!else", EndIf = "#!endif";

    /// <summary>The folded text, proven to say in every combination what <paramref name="table"/> says.</summary>
    /// <param name="table">All variants.</param>
    /// <param name="among">The combinations at which it is read at all.</param>
    public static string Fold(SectionTable table, ImmutableArray<int> among)
    {
        if (table.Variants.Any(v => MergedLines.Lines(v).Any(l => l.StartsWith("#!", StringComparison.Ordinal) && FoldedText.IsMarker(l))))
            throw new InvalidOperationException($"{table.Name} has a line that the template engine would take for a condition");
        string text = new Writer(table, among).Write();
        foreach (int combination in among)
        {
            if (FoldedText.At(text, table.Space, combination) != table.Texts[combination])
                throw new InvalidOperationException($"{table.Name}: the folded text says something else at combination {combination}");
        }

        return text;
    }

    private sealed class Writer(SectionTable table, ImmutableArray<int> relevant)
    {
        private readonly Minimiser minimiser = new(table.Space);
        private readonly StringBuilder text = new();

        public string Write()
        {
            ImmutableArray<string> variants = [.. relevant.Select(c => table.Texts[c]!).Distinct()];
            Write(Runs(MergedLines.Of(variants), variants), relevant);
            return text.ToString();
        }

        private void Write(ImmutableArray<Run> runs, ImmutableArray<int> among)
        {
            for (int i = 0; i < runs.Length;)
            {
                if (among.All(c => runs[i].On[c]))
                {
                    text.Append(runs[i++].Lines);
                    continue;
                }

                int end = EndOfExtras(runs, i, among);
                if (end > i)
                {
                    WriteWithAndWithout(runs[i..end], among);
                    i = end;
                    continue;
                }

                end = Enclosed(runs, i, among);
                if (end > i + 1)
                {
                    bool[] around = [.. runs[i].On.Select((_, c) => Enumerable.Range(i, end - i).Any(r => runs[r].On[c]))];
                    text.Append($"{If} ({minimiser.Find(around, among)})\n");
                    Write(runs[i..end], [.. among.Where(c => around[c])]);
                    text.Append($"{EndIf}\n");
                    i = end;
                    continue;
                }

                i = WriteAlternatives(runs, i, among);
            }
        }

        /// <summary>Once with what a project of defaults does not have, under one condition, and once without.</summary>
        private void WriteWithAndWithout(ImmutableArray<Run> runs, ImmutableArray<int> among)
        {
            Run[] extras = [.. runs.Where(r => !r.On[0])];
            bool[] some = [.. runs[0].On.Select((_, c) => extras.Any(r => r.On[c]))];
            text.Append($"{If} ({minimiser.Find(some, among)})\n");
            Write(runs, [.. among.Where(c => some[c])]);
            text.Append($"{Else}\n");
            Write([.. runs.Except(extras)], [.. among.Where(c => !some[c])]);
            text.Append($"{EndIf}\n");
        }

        /// <summary>The end of a stretch in which several runs are not there by default, with little between them. <paramref name="start"/> when there is none.</summary>
        private int EndOfExtras(ImmutableArray<Run> runs, int start, ImmutableArray<int> among)
        {
            // Outside of the combination of defaults nothing is more usual than anything else.
            if (!among.Contains(0) || text.Length == 0 || runs[start].On[0])
                return start;

            int end = start, extras = 0, twice = 0, most = 0;
            for (int i = start; i < runs.Length; i++)
            {
                if (runs[i].On[0])
                {
                    twice += runs[i].Lines.Length;
                    continue;
                }

                extras++;
                int gain = (extras * FileFold.ConditionCost) - twice;
                // Without anything in between there is no need to write it twice.
                if (extras >= FileFold.Several && twice > 0 && gain > most)
                    (end, most) = (i + 1, gain);
            }

            return end;
        }

        /// <summary>The end of a stretch that lies within the lines of one condition: one of its runs holds wherever any of them does.</summary>
        private static int Enclosed(ImmutableArray<Run> runs, int start, ImmutableArray<int> among)
        {
            int best = start;
            for (int end = start + 2; end <= runs.Length; end++)
            {
                ImmutableArray<int> any = [.. among.Where(c => Enumerable.Range(start, end - start).Any(r => runs[r].On[c]))];
                if (any.Length == among.Length)
                    break;
                if (Enumerable.Range(start, end - start).Any(r => any.All(c => runs[r].On[c])))
                    best = end;
            }

            return best;
        }

        // Runs that follow each other and exclude each other become one chain, or a tree when that would be long.
        private int WriteAlternatives(ImmutableArray<Run> runs, int start, ImmutableArray<int> among)
        {
            int end = start + 1;
            while (end < runs.Length && Enumerable.Range(start, end - start).All(r => !among.Any(c => runs[r].On[c] && runs[end].On[c])))
                end++;
            WriteChoice(runs[start..end], among);
            return end;
        }

        private void WriteChoice(ImmutableArray<Run> alternatives, ImmutableArray<int> among)
        {
            ImmutableArray<Run> runs = [.. alternatives.Where(r => among.Any(c => r.On[c]))];
            if (runs.IsEmpty)
                return;
            if (runs.Length > 3 && Halves(runs, among) is var (condition, inside, outside))
            {
                text.Append($"{If} ({condition})\n");
                WriteChoice(runs, inside);
                text.Append($"{Else}\n");
                WriteChoice(runs, outside);
            }
            else if (runs.Length == 1 && among.All(c => runs[0].On[c]))
            {
                text.Append(runs[0].Lines);
                return;
            }
            else
            {
                WriteChain(runs, among);
            }

            text.Append($"{EndIf}\n");
        }

        private void WriteChain(ImmutableArray<Run> runs, ImmutableArray<int> left)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                Condition condition = minimiser.Find(runs[i].On, left);
                text.Append(i == 0 ? $"{If} ({condition})\n" : condition == Condition.Always ? $"{Else}\n" : $"{ElseIf} ({condition})\n").Append(runs[i].Lines);
                bool[] on = runs[i].On;
                left = [.. left.Where(c => !on[c])];
            }
        }

        /// <summary>One value of a parameter against the others, so that as few alternatives as possible are left on both sides. Null when no side is ever empty of all.</summary>
        private (Condition Condition, ImmutableArray<int> Inside, ImmutableArray<int> Outside)? Halves(ImmutableArray<Run> runs, ImmutableArray<int> among)
        {
            (Condition Condition, ImmutableArray<int> Inside, ImmutableArray<int> Outside)? best = null;
            int least = 2 * runs.Length;
            for (int parameter = 0; parameter < table.Space.Parameters.Length; parameter++)
            {
                ImmutableSortedSet<int> possible = [.. among.Select(c => table.Space.ValueAt(c, parameter))];
                for (int i = 0; i < possible.Count && possible.Count > 1; i++)
                {
                    int value = possible[i], at = parameter;
                    ImmutableArray<int> inside = [.. among.Where(c => table.Space.ValueAt(c, at) == value)], outside = [.. among.Where(c => table.Space.ValueAt(c, at) != value)];
                    // An empty branch is a line feed too many at the start of a file.
                    if (!runs.Any(r => inside.Any(c => r.On[c])) || !runs.Any(r => outside.Any(c => r.On[c])))
                        continue;
                    int left = runs.Count(r => inside.Any(c => r.On[c])) + runs.Count(r => outside.Any(c => r.On[c]));
                    if (left < least)
                        (best, least) = ((Condition.IsOneOf(table.Space.Parameters[parameter], [value], possible), inside, outside), left);
                }
            }

            return best;
        }

        private ImmutableArray<Run> Runs(ImmutableArray<MergedLine> lines, ImmutableArray<string> variants)
        {
            var runs = ImmutableArray.CreateBuilder<Run>();
            for (int i = 0; i < lines.Length;)
            {
                int start = i++;
                while (i < lines.Length && lines[i].Variants.SetEquals(lines[start].Variants))
                    i++;
                bool[] on = [.. table.Texts.Select(t => t is not null && lines[start].Variants.Contains(variants.IndexOf(t)))];
                runs.Add(new(string.Concat(lines[start..i].Select(l => l.Text)), on));
            }

            return runs.ToImmutable();
        }
    }

    /// <summary>Lines that are there together.</summary>
    /// <param name="Lines">Their text.</param>
    /// <param name="On">By combination, whether they are there.</param>
    private sealed record Run(string Lines, bool[] On);
}
