using System.Collections.Immutable;
using System.Text;
using DuskStack.Packing.Learning;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Folding;

/// <summary>
/// Writes the sections of a file one behind the other. Neighbours that need the same value of a parameter to say anything get one
/// condition around them: the engine takes half a millisecond for each that it evaluates, and evaluates none inside one that fails.
/// </summary>
public sealed class FileFold
{
    /// <summary>From so many on a condition around them pays.</summary>
    public const int Several = 3;

    /// <summary>As many bytes can be read in the time of a condition.</summary>
    public const int ConditionCost = 1000;

    private readonly StringBuilder text = new();

    private FileFold()
    {
    }

    public static string Fold(ImmutableArray<SectionTable> sections)
    {
        var fold = new FileFold();
        fold.Write([.. sections.Select(s => new Reading(s, s.Read))]);
        return fold.text.ToString();
    }

    private void Write(ImmutableArray<Reading> all)
    {
        ImmutableArray<Stretch> stretches = Stretches([.. all.Where(s => s.SaysSomething)]);
        for (int i = 0; i < stretches.Length;)
        {
            int end = stretches[i].Need != Need.Nothing ? EndOfParts(stretches, i) : i;
            if (end == i)
            {
                Write(stretches[i++]);
                continue;
            }

            Stretch[] parts = [.. stretches[i..end]];
            Need[] needs = [.. parts.Where(s => s.Need != Need.Nothing).Select(s => s.IsExtra ? s.Need : s.Need.Not()).Distinct()];
            text.Append($"{SectionFold.If} ({Condition.Any(needs.Select(n => n.Condition()))})\n");
            foreach (Stretch stretch in parts)
                Write(stretch);
            ImmutableArray<Reading> without = [.. parts.Where(s => !s.IsExtra).SelectMany(s => s.Sections).Select(s => needs.Aggregate(s, (reading, need) => reading.Without(need))).Where(s => s.SaysSomething)];
            if (!without.IsEmpty)
            {
                text.Append($"{SectionFold.Else}\n");
                Write(without);
            }

            text.Append($"{SectionFold.EndIf}\n");
            i = end;
        }
    }

    /// <summary>
    /// Most projects have what the defaults have. The end of a stretch in which one condition tells that nothing is there that a project of defaults
    /// lacks, nor lacking that it has; what remains is written a second time, as long as that is less to read than the conditions are to evaluate.
    /// <paramref name="start"/> when there are too few of them.
    /// </summary>
    private int EndOfParts(ImmutableArray<Stretch> stretches, int start)
    {
        int end = start, needs = 0, twice = 0, most = 0;
        for (int i = start; i < stretches.Length; i++)
        {
            if (!stretches[i].IsExtra)
            {
                // At the start of a file an empty branch before `#!else` is a line feed too many.
                if (text.Length == 0)
                    break;
                twice += stretches[i].Sections.Sum(s => s.Size);
            }

            if (stretches[i].Need == Need.Nothing)
                continue;
            needs++;
            int gain = (needs * ConditionCost) - twice;
            if (needs >= Several && gain > most)
                (end, most) = (i + 1, gain);
        }

        return end;
    }

    private void Write(Stretch stretch)
    {
        if (!stretch.Wraps)
        {
            text.Append(stretch.Sections[0].Fold());
            return;
        }

        text.Append($"{SectionFold.If} ({stretch.Need.Condition()})\n");
        Write([.. stretch.Sections.Select(s => s.Where(stretch.Need))]);
        text.Append($"{SectionFold.EndIf}\n");
    }

    private static ImmutableArray<Stretch> Stretches(ImmutableArray<Reading> sections)
    {
        var stretches = ImmutableArray.CreateBuilder<Stretch>();
        for (int i = 0; i < sections.Length;)
        {
            (Need need, int length) = sections[i].Needs()
                .Select(n => (Need: n, Length: sections.Skip(i).TakeWhile(s => s.Needs().Contains(n)).Count()))
                .DefaultIfEmpty((Need.Nothing, 1))
                .MaxBy(r => r.Item2);
            stretches.Add(new([.. sections.Skip(i).Take(length)], need, Wraps: length > 1 || (need != Need.Nothing && !sections[i].IsOneBlock())));
            i += length;
        }

        return stretches.ToImmutable();
    }

    /// <summary>Neighbours with a need in common.</summary>
    /// <param name="Sections">One at least.</param>
    /// <param name="Need">Without which none of them says anything.</param>
    /// <param name="Wraps">True where a condition of their own stands around them.</param>
    private sealed record Stretch(ImmutableArray<Reading> Sections, Need Need, bool Wraps)
    {
        /// <summary>Not there in a project of defaults.</summary>
        public bool IsExtra => Need != Need.Nothing && !Need.Holds(0);
    }

    /// <summary>The values that a parameter must have.</summary>
    /// <param name="Parameter">Which; null for no need at all.</param>
    /// <param name="Values">Their numbers, as bits.</param>
    private readonly record struct Need(ClosedParameter? Parameter, int Values)
    {
        public static Need Nothing { get; }

        public bool Holds(int value) => (Values >> value & 1) == 1;

        public Need Not() => new(Parameter, ~Values & ((1 << Parameter!.Values.Length) - 1));

        public Condition Condition()
        {
            ClosedParameter parameter = Parameter!;
            int values = Values;
            ImmutableSortedSet<int> all = [.. Enumerable.Range(0, parameter.Values.Length)];
            return Folding.Condition.IsOneOf(parameter, [.. all.Where(v => (values >> v & 1) == 1)], all);
        }
    }

    /// <summary>A section, and the combinations at which it is read.</summary>
    private sealed class Reading(SectionTable table, ImmutableArray<int> among)
    {
        private ImmutableArray<Need>? needs;

        public bool SaysSomething { get; } = among.Any(c => table.Texts[c]!.Length > 0);

        /// <summary>Without which it says nothing.</summary>
        public ImmutableArray<Need> Needs() => needs ??= [.. Enumerable.Range(0, table.Space.Parameters.Length).Select(NeedOf).Where(n => n != Need.Nothing)];

        /// <summary>The most that it can say.</summary>
        public int Size => among.Max(c => table.Texts[c]!.Length);

        public Reading Where(Need need) => Where(need, holds: true);

        public Reading Without(Need need) => Where(need, holds: false);

        private Reading Where(Need need, bool holds)
        {
            int parameter = table.Space.Parameters.IndexOf(need.Parameter!);
            return parameter < 0 ? this : new(table, [.. among.Where(c => need.Holds(table.Space.ValueAt(c, parameter)) == holds)]);
        }

        public string Fold() => SectionFold.Fold(table, among);

        /// <summary>True when a condition around it would be one more.</summary>
        public bool IsOneBlock() => MergedLines.Lines(Fold()).Count(FoldedText.IsMarker) <= 2;

        private Need NeedOf(int parameter)
        {
            int possible = 0, used = 0;
            foreach (int combination in among)
            {
                int bit = 1 << table.Space.ValueAt(combination, parameter);
                possible |= bit;
                if (table.Texts[combination]!.Length > 0)
                    used |= bit;
            }

            return used == possible || used == 0 ? Need.Nothing : new(table.Space.Parameters[parameter], used);
        }
    }
}
