using System.Collections;
using System.Collections.Immutable;
using System.Text;

namespace DuskStack.Templating;

/// <summary>A piece of a template: text, a value, a helper's text, a block or a partial.</summary>
internal abstract class TemplateNode
{
    public abstract void Render(Scope scope, StringBuilder output);

    public static void Render(ImmutableArray<TemplateNode> nodes, Scope scope, StringBuilder output)
    {
        foreach (TemplateNode node in nodes)
            node.Render(scope, output);
    }
}

internal sealed class TextNode(string text) : TemplateNode
{
    public override void Render(Scope scope, StringBuilder output) => output.Append(text);
}

/// <summary><c>{{Name}}</c>: nothing where the property is null.</summary>
internal sealed class ValueNode(Expression value) : TemplateNode
{
    public override void Render(Scope scope, StringBuilder output)
    {
        if (value.Evaluate(scope) is { } found)
            output.Append(Escaping.Text(found));
    }
}

/// <summary><c>{{yaml Name}}</c>.</summary>
internal sealed class HelperNode(Func<object?, string> helper, Expression argument) : TemplateNode
{
    public override void Render(Scope scope, StringBuilder output) => output.Append(helper(argument.Evaluate(scope)));
}

/// <summary><c>{{#if Name}}</c> and <c>{{#unless Name}}</c>. As in Handlebars, null, false, zero, the empty text and the empty list count as no.</summary>
internal sealed class ConditionNode(Expression condition, ImmutableArray<TemplateNode> yes, ImmutableArray<TemplateNode> no) : TemplateNode
{
    public override void Render(Scope scope, StringBuilder output) => Render(Holds(condition.Evaluate(scope)) ? yes : no, scope, output);

    private static bool Holds(object? value) => value switch
    {
        null or false or 0 or 0L or 0m or 0d or "" => false,
        string => true,
        ICollection items => items.Count > 0,
        IEnumerable items => items.Cast<object?>().Any(),
        _ => true,
    };
}

/// <summary><c>{{#each Names}}</c>: null is an empty list.</summary>
internal sealed class LoopNode(Expression list, ImmutableArray<TemplateNode> body) : TemplateNode
{
    public override void Render(Scope scope, StringBuilder output) => Render(scope, () => output);

    /// <summary>The text of each item by itself.</summary>
    public ImmutableArray<string> RenderItems(Scope scope)
    {
        var texts = new List<StringBuilder>();
        Render(scope, () =>
        {
            texts.Add(new());
            return texts[^1];
        });
        return [.. texts.Select(t => t.ToString())];
    }

    private void Render(Scope scope, Func<StringBuilder> outputOfItem)
    {
        var first = true;
        foreach (object item in list.Evaluate(scope) is { } items ? (IEnumerable)items : Array.Empty<object>())
        {
            Render(body, scope.Inner(item, first), outputOfItem());
            first = false;
        }
    }
}

/// <summary><c>{{> name key=Value}}</c>: what is given is a property of the same model, for the partial alone.</summary>
internal sealed class PartialNode(Lazy<Template> partial, ImmutableArray<PartialArgument> arguments) : TemplateNode
{
    public override void Render(Scope scope, StringBuilder output) => partial.Value.Render(arguments.IsEmpty ? scope : scope.With(Values(scope)), output);

    private Dictionary<string, object?> Values(Scope scope)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (PartialArgument argument in arguments)
            values[argument.Name] = argument.Value.Evaluate(scope);
        return values;
    }
}

internal sealed record PartialArgument(string Name, Expression Value);
