using System.Text;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Folding;

/// <summary>Reads folded text as the template engine does: the check on the fold, which must not rely on what wrote it.</summary>
public static class FoldedText
{
    public static bool IsMarker(string line) =>
        line.StartsWith(SectionFold.If, StringComparison.Ordinal) || line.StartsWith(SectionFold.Else, StringComparison.Ordinal) || line.StartsWith(SectionFold.EndIf, StringComparison.Ordinal);

    /// <summary>What remains of <paramref name="folded"/> in a combination.</summary>
    public static string At(string folded, Space space, int combination)
    {
        var text = new StringBuilder();
        // For each open #!if: whether the branch is taken, and whether one was taken already.
        var open = new Stack<(bool Taken, bool Done)>();
        foreach (string line in MergedLines.Lines(folded))
        {
            if (line.StartsWith(SectionFold.EndIf, StringComparison.Ordinal))
                open.Pop();
            else if (line.StartsWith(SectionFold.ElseIf, StringComparison.Ordinal))
                open.Push(Next(open.Pop(), Holds(line[SectionFold.ElseIf.Length..], space, combination)));
            else if (line.StartsWith(SectionFold.Else, StringComparison.Ordinal))
                open.Push(Next(open.Pop(), true));
            else if (line.StartsWith(SectionFold.If, StringComparison.Ordinal))
                open.Push(Next((false, false), Holds(line[SectionFold.If.Length..], space, combination)));
            else if (open.All(o => o.Taken))
                text.Append(line);
        }

        return open.Count == 0 ? text.ToString() : throw new InvalidOperationException("a condition is not closed");
    }

    private static (bool Taken, bool Done) Next((bool Taken, bool Done) before, bool holds) => (!before.Done && holds, before.Done || holds);

    private static bool Holds(string condition, Space space, int combination) => new ConditionReader(condition).Read(name =>
    {
        ClosedParameter parameter = ParameterList.Closed.Single(p => p.Symbol == name);
        return parameter.Values[space.ValueAt(combination, space.Parameters.IndexOf(parameter))].Value;
    });
}
