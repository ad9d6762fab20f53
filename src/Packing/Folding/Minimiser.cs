using System.Collections.Immutable;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Folding;

/// <summary>Finds a short condition that holds at given combinations of a <see cref="Space"/>, and not at others.</summary>
public sealed class Minimiser(Space space)
{
    private readonly Dictionary<string, Condition> known = new(StringComparer.Ordinal);

    /// <param name="on">Where it holds.</param>
    /// <param name="among">Where it matters; elsewhere it may hold or not.</param>
    public Condition Find(bool[] on, ImmutableArray<int> among)
    {
        int count = among.Count(c => on[c]);
        if (count == 0)
            return Condition.Never;
        if (count == among.Length)
            return Condition.Always;

        // Equal questions come up along many ways.
        string key = string.Concat(among.Select(c => $"{c}{(on[c] ? '+' : '-')}"));
        return known.TryGetValue(key, out Condition? found) ? found : known[key] = Search(on, among);
    }

    private Condition Search(bool[] on, ImmutableArray<int> among)
    {
        // A box, every parameter within some of its values, around where it holds, or around where it does not.
        if (Box(among, c => on[c]) is { } holds)
            return holds;
        if (Box(among, c => !on[c]) is { } fails)
            return fails.Not();

        return Enumerable.Range(0, space.Parameters.Length).Select(i => Split(on, among, i)).OfType<Condition>().MinBy(c => c.Length)
            ?? throw new InvalidOperationException("two combinations with the same values differ");
    }

    private Condition? Box(ImmutableArray<int> among, Func<int, bool> inside)
    {
        var sides = new List<(int Parameter, ImmutableSortedSet<int> Values, ImmutableSortedSet<int> Possible)>();
        for (int i = 0; i < space.Parameters.Length; i++)
        {
            ImmutableSortedSet<int> possible = Values(among, i), used = Values(among.Where(inside), i);
            if (used.Count < possible.Count)
                sides.Add((i, used, possible));
        }

        if (!IsExact(sides))
            return null;
        // A side that the others imply is left out.
        for (int i = sides.Count - 1; i >= 0 && sides.Count > 1; i--)
        {
            var fewer = sides.Where((_, at) => at != i).ToList();
            if (IsExact(fewer))
                sides = fewer;
        }

        return Condition.All(sides.Select(s => Condition.IsOneOf(space.Parameters[s.Parameter], s.Values, s.Possible)));

        bool IsExact(List<(int Parameter, ImmutableSortedSet<int> Values, ImmutableSortedSet<int> Possible)> box) =>
            among.All(c => box.All(s => s.Values.Contains(space.ValueAt(c, s.Parameter))) == inside(c));
    }

    // One condition for each group of values of a parameter that lead to the same rest.
    private Condition? Split(bool[] on, ImmutableArray<int> among, int parameter)
    {
        ImmutableSortedSet<int> possible = Values(among, parameter);
        if (possible.Count < 2)
            return null;
        var groups = possible.Select(v => (Value: v, Then: Find(on, [.. among.Where(c => space.ValueAt(c, parameter) == v)])))
            .GroupBy(p => p.Then).Where(g => g.Key != Condition.Never);
        return Condition.Any(groups.Select(g => Condition.All(Condition.IsOneOf(space.Parameters[parameter], [.. g.Select(p => p.Value)], possible), g.Key)));
    }

    private ImmutableSortedSet<int> Values(IEnumerable<int> combinations, int parameter) => [.. combinations.Select(c => space.ValueAt(c, parameter))];
}
