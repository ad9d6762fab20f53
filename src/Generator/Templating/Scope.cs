namespace DuskStack.Templating;

/// <summary>What names mean at a place of a template.</summary>
/// <param name="Model">What <c>this</c> is.</param>
/// <param name="Outer">Around the loop; null outside of every loop.</param>
/// <param name="First">The loop is at its first item.</param>
/// <param name="Arguments">What a partial was given.</param>
internal sealed record Scope(object Model, Scope? Outer = null, bool First = false, IReadOnlyDictionary<string, object?>? Arguments = null)
{
    public Scope Root => Outer?.Root ?? this;

    public Scope Inner(object item, bool first) => new(item, this, first);

    public Scope With(IReadOnlyDictionary<string, object?> arguments) => new(Model, Outer, First, arguments);

    public bool TryArgument(string name, out object? value)
    {
        value = null;
        return Arguments is not null && Arguments.TryGetValue(name, out value);
    }
}
