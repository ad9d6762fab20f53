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
        return ((Getter)Activator.CreateInstance(getter.MakeGenericType(arguments))!).Bound(property);
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

    private abstract class Getter
    {
        public abstract Type Model { get; }

        public abstract object? Get(object model);

        // No constructor takes it: reflection calls those without parameters only without compiling a stub for each.
        public abstract Getter Bound(PropertyInfo property);
    }

    private abstract class Getter<TModel, TValue> : Getter
    {
        private Func<TModel, TValue>? get;

        public override Type Model => typeof(TModel);

        public override Getter Bound(PropertyInfo property)
        {
            get = property.GetMethod!.CreateDelegate<Func<TModel, TValue>>();
            return this;
        }

        public override object? Get(object model) => get!((TModel)model);
    }

    private sealed class ReferenceGetter<TModel> : Getter<TModel, object?>;

    private sealed class FlagGetter<TModel> : Getter<TModel, bool>;

    private sealed class NumberGetter<TModel> : Getter<TModel, int>;

    private sealed class ListGetter<TModel, TItem> : Getter<TModel, ImmutableArray<TItem>>;

    private sealed class ReflectedGetter<TModel> : Getter
    {
        private PropertyInfo? property;

        public override Type Model => typeof(TModel);

        public override Getter Bound(PropertyInfo property)
        {
            this.property = property;
            return this;
        }

        public override object? Get(object model) => property!.GetValue(model);
    }
}
