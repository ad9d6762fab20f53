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
    private const int Several = 3;

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
            // Most projects have few of the parts: what is not there by default is passed over at once.
            Stretch[] extra = [.. stretches.Skip(i).TakeWhile(s => s.IsExtra)];
            if (extra.Length < Several)
            {
                Write(stretches[i++]);
                continue;
            }

            text.Append($"{SectionFold.If} ({Condition.Any(extra.Select(s => s.Need.Condition()))})\n");
            foreach (Stretch stretch in extra)
                Write(stretch);
            text.Append($"{SectionFold.EndIf}\n");
            i += extra.Length;
        }
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

        public Reading Where(Need need)
        {
            int parameter = table.Space.Parameters.IndexOf(need.Parameter!);
            return new(table, [.. among.Where(c => need.Holds(table.Space.ValueAt(c, parameter)))]);
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
