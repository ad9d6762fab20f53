using System.Collections.Immutable;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Learning;

/// <summary>What was seen of one section so far.</summary>
internal sealed class Observation
{
    private readonly List<Point> heard = [];
    private Dictionary<int, (Point Point, string? Text)> texts = [];

    /// <summary>The parameters that are known to matter.</summary>
    public Space Space { get; private set; } = new([]);

    public int Missing => Space.Possible.Length - texts.Count;

    public IEnumerable<int> MissingCombinations() => [.. Space.Possible.Where(c => !texts.ContainsKey(c))];

    /// <summary>A point with the same values of all that is known to matter, and yet another text.</summary>
    public Point? Contradiction(Point point, string? text) =>
        texts.TryGetValue(Space.Of(point), out (Point Point, string? Text) known) && known.Text != text ? known.Point : null;

    public void Add(Point point, string? text)
    {
        heard.Add(point);
        texts.TryAdd(Space.Of(point), (point, text));
    }

    /// <summary>One more parameter matters: what was seen is sorted anew.</summary>
    public void DependOn(ClosedParameter parameter, Func<Point, string?> textAt)
    {
        // In the order of the list, so that conditions read alike everywhere.
        Space = new(Space.Parameters.Add(parameter).OrderBy(p => ParameterList.Closed.IndexOf(p)));
        Point[] again = [.. heard];
        heard.Clear();
        texts = [];
        foreach (Point point in again)
            Add(point, textAt(point));
    }

    public SectionTable Table(SectionName name) => new(name, Space, [.. Enumerable.Range(0, Space.Size).Select(c => texts.GetValueOrDefault(c).Text)]);
}
