using System.Collections.Immutable;

namespace DuskStack.Packing.Parameters;

/// <summary>One value for every closed parameter.</summary>
public sealed class Point : IEquatable<Point>
{
    private readonly ImmutableArray<int> values;
    private readonly int hash;

    private Point(ImmutableArray<int> values)
    {
        this.values = values;
        hash = values.Aggregate(17, HashCode.Combine);
    }

    /// <summary>Every parameter at its default.</summary>
    public static Point Default { get; } = new([.. ParameterList.Closed.Select(_ => 0)]);

    /// <summary>The value of a parameter, as its option is written.</summary>
    public string this[string parameter]
    {
        get
        {
            ClosedParameter closed = ParameterList.Find(parameter);
            return closed.Values[IndexOf(closed)].Value;
        }
    }

    public int IndexOf(ClosedParameter parameter) => values[ParameterList.Closed.IndexOf(parameter)];

    /// <summary>The index of the value of the parameter at <paramref name="place"/> of the list.</summary>
    public int At(int place) => values[place];

    public Point With(ClosedParameter parameter, int value) => new(values.SetItem(ParameterList.Closed.IndexOf(parameter), value));

    public Point With(string parameter, string value)
    {
        ClosedParameter closed = ParameterList.Find(parameter);
        return With(closed, closed.Values.IndexOf(closed.Values.Single(v => v.Value == value)));
    }

    /// <summary>False where options say what symbols never are: then another point means the same.</summary>
    public bool IsPossible => !ParameterList.Impossible.Any(i => this[i.Parameter] == i.Value && i.OtherIs(this[i.Other]));

    /// <summary>A possible point drawn at random.</summary>
    public static Point Draw(Random random) => Draw(random, drawn => drawn);

    /// <summary>The same, with what <paramref name="set"/> sets in it: something that is possible.</summary>
    public static Point Draw(Random random, Func<Point, Point> set)
    {
        Point point;
        do
        {
            point = set(new([.. ParameterList.Closed.Select(p => random.Next(p.Values.Length))]));
        }
        while (!point.IsPossible);
        return point;
    }

    public bool Equals(Point? other) => other is not null && hash == other.hash && values.SequenceEqual(other.values);

    public override bool Equals(object? obj) => Equals(obj as Point);

    public override int GetHashCode() => hash;

    public override string ToString() => string.Join(' ', ParameterList.Closed.Where(p => IndexOf(p) > 0).Select(p => p.IsSwitch ? $"--{p.Name}" : $"--{p.Name} {this[p.Name]}"));
}
