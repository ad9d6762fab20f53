using System.Collections.Immutable;

namespace DuskStack.Packing.Parameters;

/// <summary>Few points in which every value of a parameter meets every value of every other one.</summary>
public static class PairwisePoints
{
    private const int Candidates = 60;

    public static ImmutableArray<Point> Of(Random random)
    {
        var open = new HashSet<(int, int, int, int)>(
            from first in Enumerable.Range(0, ParameterList.Closed.Length)
            from second in Enumerable.Range(first + 1, ParameterList.Closed.Length - first - 1)
            from one in Enumerable.Range(0, ParameterList.Closed[first].Values.Length)
            from other in Enumerable.Range(0, ParameterList.Closed[second].Values.Length)
            let pair = new Space([ParameterList.Closed[first], ParameterList.Closed[second]])
            where pair.IsPossible(pair.Of(Point.Default.With(ParameterList.Closed[first], one).With(ParameterList.Closed[second], other)))
            select (first, one, second, other));
        var points = new List<Point> { Point.Default };
        open.ExceptWith(Pairs(Point.Default));
        while (open.Count > 0)
        {
            (int first, int one, int second, int other) = open.First();
            // The best of some that settle one pair at least.
            Point best = Enumerable.Range(0, Candidates).Select(_ => Point.Draw(random, p => p.With(ParameterList.Closed[first], one).With(ParameterList.Closed[second], other))).MaxBy(p => Pairs(p).Count(open.Contains))!;
            open.ExceptWith(Pairs(best));
            points.Add(best);
        }

        return [.. points];
    }

    private static IEnumerable<(int, int, int, int)> Pairs(Point point) =>
        from first in Enumerable.Range(0, ParameterList.Closed.Length)
        from second in Enumerable.Range(first + 1, ParameterList.Closed.Length - first - 1)
        select (first, point.At(first), second, point.At(second));
}
