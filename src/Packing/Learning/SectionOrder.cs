using System.Collections.Immutable;

namespace DuskStack.Packing.Learning;

/// <summary>The order of all sections that a file can have, from the orders of those that it has at some points.</summary>
internal static class SectionOrder
{
    public static ImmutableArray<string> Of(string file, IEnumerable<ImmutableArray<(string Id, string Text)>> seen)
    {
        ImmutableArray<ImmutableArray<string>> orders = [.. seen.Select(s => s.Select(p => p.Id).ToImmutableArray()).DistinctBy(s => string.Join('\n', s))];
        var left = orders.SelectMany(o => o).Distinct().ToList();
        // What stands directly before; what stands further before follows from that.
        ILookup<string, string> before = orders.SelectMany(o => o.Skip(1).Zip(o)).Distinct().ToLookup(pair => pair.First, pair => pair.Second);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var order = ImmutableArray.CreateBuilder<string>();
        while (left.Count > 0)
        {
            string next = left.FirstOrDefault(id => before[id].All(placed.Contains)) ?? throw new InvalidOperationException($"the sections of {file} have no common order: {string.Join(", ", left)}");
            order.Add(next);
            placed.Add(next);
            left.Remove(next);
        }

        return order.ToImmutable();
    }
}
