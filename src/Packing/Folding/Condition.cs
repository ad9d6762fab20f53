using System.Collections.Immutable;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Folding;

/// <summary>A condition over closed parameters, as the template engine evaluates it (its <c>C++2</c> dialect).</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    public static Condition Always { get; } = new Constant(true);

    public static Condition Never { get; } = new Constant(false);

    /// <summary>How much there is to read.</summary>
    public abstract int Length { get; }

    public abstract bool Holds(Func<ClosedParameter, int> valueOf);

    /// <summary>False when it holds for no project in which <paramref name="parameter"/> has the value.</summary>
    public abstract bool CanHold(ClosedParameter parameter, int value);

    public abstract Condition Not();

    /// <summary>What is left to ask where <paramref name="known"/> holds already.</summary>
    public Condition Without(Condition known) => this == known ? Always : this is Junction { And: true } junction ? All(junction.Parts.Where(p => p != known)) : this;

    /// <param name="within">True within a conjunction, false within a disjunction, null on its own. The engine's precedence is not that of C++ behind a group: what is mixed takes parentheses.</param>
    public abstract string Text(bool? within = null);

    public sealed override string ToString() => Text();

    public static Condition All(params IEnumerable<Condition> parts) => Combine(parts, and: true);

    public static Condition Any(params IEnumerable<Condition> parts) => Combine(parts, and: false);

    /// <summary>True when the parameter has one of <paramref name="values"/>, of the values that are possible at all.</summary>
    public static Condition IsOneOf(ClosedParameter parameter, ImmutableSortedSet<int> values, ImmutableSortedSet<int> possible)
    {
        ImmutableSortedSet<int> others = possible.Except(values);
        if (others.IsEmpty)
            return Always;
        if (values.IsEmpty)
            return Never;
        // What is short to say is easy to read: one value is, or is not.
        return others.Count < values.Count ? new Membership(parameter, others, Is: false) : new Membership(parameter, values, Is: true);
    }

    private static Condition Combine(IEnumerable<Condition> parts, bool and)
    {
        ImmutableArray<Condition> flat = [.. parts.SelectMany(p => p is Junction junction && junction.And == and ? junction.Parts : [p]).Where(p => p != (and ? Always : Never)).Distinct()];
        if (flat.Contains(and ? Never : Always))
            return and ? Never : Always;
        return flat.Length switch
        {
            0 => and ? Always : Never,
            1 => flat[0],
            _ => new Junction(flat, and),
        };
    }

    private sealed record Constant(bool Value) : Condition
    {
        public override int Length => 0;

        public override bool Holds(Func<ClosedParameter, int> valueOf) => Value;

        public override bool CanHold(ClosedParameter parameter, int value) => Value;

        public override Condition Not() => Value ? Never : Always;

        public override string Text(bool? within = null) => Value ? "true" : "false";
    }

    private sealed record Membership(ClosedParameter Parameter, ImmutableSortedSet<int> Values, bool Is) : Condition
    {
        public override int Length => Values.Count * 2;

        public override bool Holds(Func<ClosedParameter, int> valueOf) => Values.Contains(valueOf(Parameter)) == Is;

        public override bool CanHold(ClosedParameter parameter, int value) => parameter != Parameter || Values.Contains(value) == Is;

        public override Condition Not() => this with { Is = !Is };

        public override string Text(bool? within = null)
        {
            string name = Parameter.Symbol;
            if (Parameter.IsSwitch)
                return Values.Contains(1) == Is ? name : $"!{name}";
            string text = string.Join(Is ? " || " : " && ", Values.Select(v => $"{name} {(Is ? "==" : "!=")} \"{Parameter.Values[v].Value}\""));
            return within == Is && Values.Count > 1 ? $"({text})" : text;
        }

        public bool Equals(Membership? other) => other is not null && Parameter == other.Parameter && Is == other.Is && Values.SetEquals(other.Values);

        public override int GetHashCode() => HashCode.Combine(Parameter.Name, Is, Values.Count);
    }

    private sealed record Junction(ImmutableArray<Condition> Parts, bool And) : Condition
    {
        public override int Length => Parts.Sum(p => p.Length) + Parts.Length - 1;

        public override bool Holds(Func<ClosedParameter, int> valueOf) => And ? Parts.All(p => p.Holds(valueOf)) : Parts.Any(p => p.Holds(valueOf));

        public override bool CanHold(ClosedParameter parameter, int value) => And ? Parts.All(p => p.CanHold(parameter, value)) : Parts.Any(p => p.CanHold(parameter, value));

        public override Condition Not() => Combine(Parts.Select(p => p.Not()), !And);

        public override string Text(bool? within = null)
        {
            string text = string.Join(And ? " && " : " || ", Parts.Select(p => p.Text(And)));
            return within == !And ? $"({text})" : text;
        }

        public bool Equals(Junction? other) => other is not null && And == other.And && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashCode.Combine(And, Parts.Length);
    }
}
