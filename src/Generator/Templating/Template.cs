using System.Collections.Immutable;
using System.Text;

namespace DuskStack.Templating;

/// <summary>A template that was read, and renders any number of models, also at the same time.</summary>
public sealed class Template
{
    private readonly ImmutableArray<TemplateNode> nodes;

    private Template(ImmutableArray<TemplateNode> nodes) => this.nodes = nodes;

    /// <param name="text">In the language that <see cref="TemplateParser"/> tells; lines end with a line feed.</param>
    /// <param name="partial">Gives a partial by its name; asked when it is rendered for the first time.</param>
    /// <exception cref="FormatException">It is no template; the message names the line.</exception>
    public static Template Parse(string text, Func<string, Template> partial) => new(new TemplateParser(text, partial).Parse());

    public string Render(object model)
    {
        var text = new StringBuilder();
        Render(new(model), text);
        return text.ToString();
    }

    /// <summary>The text of each item, of a template that is nothing but a loop; null for any other.</summary>
    public ImmutableArray<string>? RenderItems(object model) => nodes is [LoopNode loop] ? loop.RenderItems(new(model)) : null;

    internal void Render(Scope scope, StringBuilder output) => TemplateNode.Render(nodes, scope, output);
}
