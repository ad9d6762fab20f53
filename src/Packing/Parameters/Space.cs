using System.Collections.Immutable;

namespace DuskStack.Packing.Parameters;

/// <summary>Every combination of some parameters, numbered from 0; the first parameter runs fastest.</summary>
public sealed class Space
{
    private readonly ImmutableArray<int> strides;

    /// <summary>Where the parameters stand in the list of all.</summary>
    private readonly ImmutableArray<int> places;

    public Space(IEnumerable<ClosedParameter> parameters)
    {
        Parameters = [.. parameters];
        places = [.. Parameters.Select(p => ParameterList.Closed.IndexOf(p))];
        var lengths = ImmutableArray.CreateBuilder<int>();
        foreach (ClosedParameter parameter in Parameters)
        {
            lengths.Add(Size);
            Size = checked(Size * parameter.Values.Length);
        }

        strides = lengths.ToImmutable();
    }

    public ImmutableArray<ClosedParameter> Parameters { get; }

    /// <summary>Every combination that the symbols can have.</summary>
    public ImmutableArray<int> Possible => field.IsDefault ? field = [.. Enumerable.Range(0, Size).Where(IsPossible)] : field;

    /// <summary>False for what the symbols cannot be together.</summary>
    public bool IsPossible(int combination) => !ParameterList.Impossible.Any(i => ValueOf(combination, i.Parameter) == i.Value && ValueOf(combination, i.Other) is { } other && i.OtherIs(other));

    /// <summary>How many combinations there are.</summary>
    public int Size { get; } = 1;

    /// <summary>The combination that <paramref name="point"/> has.</summary>
    public int Of(Point point)
    {
        int combination = 0;
        for (int i = 0; i < places.Length; i++)
            combination += strides[i] * point.At(places[i]);
        return combination;
    }

    /// <summary>The index of the value that a parameter, by its place in <see cref="Parameters"/>, has in a combination.</summary>
    public int ValueAt(int combination, int parameter) => combination / strides[parameter] % Parameters[parameter].Values.Length;

    private string? ValueOf(int combination, string name)
    {
        for (int i = 0; i < Parameters.Length; i++)
        {
            if (Parameters[i].Name == name)
                return Parameters[i].Values[ValueAt(combination, i)].Value;
        }

        return null;
    }

    /// <summary><paramref name="point"/> with the values of <paramref name="combination"/>.</summary>
    public Point Set(Point point, int combination)
    {
        for (int i = 0; i < Parameters.Length; i++)
            point = point.With(Parameters[i], ValueAt(combination, i));
        return point;
    }
}
