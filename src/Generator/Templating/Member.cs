using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace DuskStack.Templating;

/// <summary>A property by name, of whatever model a template is rendered with. Case makes no difference.</summary>
internal sealed class Member(string name)
{
    private static readonly ConcurrentDictionary<Type, ConcurrentDictionary<string, Getter>> Known = new();

    // A template is nearly always rendered with models of one type.
    private Getter? last;

    public string Name => name;

    public object? Of(object model)
    {
        Type type = model.GetType();
        Getter? getter = last;
        if (getter?.Model != type)
            last = getter = Known.GetOrAdd(type, _ => new(StringComparer.OrdinalIgnoreCase)).GetOrAdd(name, _ => Find(type, name));
        return getter.Get(model);
    }

    private static Getter Find(Type type, string name)
    {
        PropertyInfo property = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
            ?? throw new InvalidOperationException($"`{name}` is no property of {type.Name}");
        Type getter = TypeOfGetter(type, property);
        Type[] arguments = getter == typeof(ListGetter<,>) ? [type, property.PropertyType.GetGenericArguments()[0]] : [type];
        return (Getter)Activator.CreateInstance(getter.MakeGenericType(arguments), property)!;
    }

    // Delegates of these few shapes are machine code already; calls by reflection would be compiled for each property when the tool runs.
    private static Type TypeOfGetter(Type type, PropertyInfo property) => property.PropertyType switch
    {
        _ when type.IsValueType => typeof(ReflectedGetter<>),
        { IsValueType: false } => typeof(ReferenceGetter<>),
        var t when t == typeof(bool) => typeof(FlagGetter<>),
        var t when t == typeof(int) => typeof(NumberGetter<>),
        var t when IsList(t) => typeof(ListGetter<,>),
        _ => typeof(ReflectedGetter<>),
    };

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    private abstract class Getter(Type model)
    {
        public Type Model => model;

        public abstract object? Get(object model);
    }

    private sealed class ReferenceGetter<TModel>(PropertyInfo property) : Getter(typeof(TModel))
    {
        private readonly Func<TModel, object?> get = property.GetMethod!.CreateDelegate<Func<TModel, object?>>();

        public override object? Get(object model) => get((TModel)model);
    }

    private sealed class FlagGetter<TModel>(PropertyInfo property) : Getter(typeof(TModel))
    {
        private readonly Func<TModel, bool> get = property.GetMethod!.CreateDelegate<Func<TModel, bool>>();

        public override object? Get(object model) => get((TModel)model);
    }

    private sealed class NumberGetter<TModel>(PropertyInfo property) : Getter(typeof(TModel))
    {
        private readonly Func<TModel, int> get = property.GetMethod!.CreateDelegate<Func<TModel, int>>();

        public override object? Get(object model) => get((TModel)model);
    }

    private sealed class ListGetter<TModel, TItem>(PropertyInfo property) : Getter(typeof(TModel))
    {
        private readonly Func<TModel, ImmutableArray<TItem>> get = property.GetMethod!.CreateDelegate<Func<TModel, ImmutableArray<TItem>>>();

        public override object? Get(object model) => get((TModel)model);
    }

    private sealed class ReflectedGetter<TModel>(PropertyInfo property) : Getter(typeof(TModel))
    {
        public override object? Get(object model) => property.GetValue(model);
    }
}
