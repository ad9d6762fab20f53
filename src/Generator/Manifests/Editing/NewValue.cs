using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;
using DuskStack.Templating;

namespace DuskStack.Manifests.Editing;

/// <summary>A value that is to be written into a manifest.</summary>
public abstract partial record NewValue
{
    private NewValue()
    {
    }

    /// <summary>As it is written behind its key on one line: <c>{ stack: node, needs: [postgres] }</c>.</summary>
    public abstract string OnOneLine { get; }

    /// <summary>What a reader must make of it.</summary>
    internal abstract YamlNode Node { get; }

    // Nowhere: it is compared, never shown.
    private static SourceSpan Nowhere => SourceSpan.Start("");

    /// <summary>A word, a number, a path.</summary>
    public sealed record Text(string Value) : NewValue
    {
        private bool IsPlain => Plain().IsMatch(Value) && !Word().IsMatch(Value);

        public override string OnOneLine => IsPlain ? Value : Escaping.YamlQuoted(Value);

        internal override YamlNode Node => new YamlScalar(Value, IsPlain, Nowhere);
    }

    /// <summary>A list of words.</summary>
    public sealed record List(ImmutableArray<Text> Items) : NewValue
    {
        public List(IEnumerable<string> items)
            : this([.. items.Select(item => new Text(item))])
        {
        }

        public override string OnOneLine => $"[{string.Join(", ", Items.Select(item => item.OnOneLine))}]";

        internal override YamlNode Node => new YamlList([.. Items.Select(item => item.Node)], Nowhere);
    }

    /// <summary>Keys and their values.</summary>
    public sealed record Map(ImmutableArray<(string Key, NewValue Value)> Entries) : NewValue
    {
        /// <summary>True when its keys get lines of their own.</summary>
        public bool IsBlock { get; init; }

        public override string OnOneLine => Entries.IsEmpty ? "{}" : $"{{ {string.Join(", ", Entries.Select(entry => $"{entry.Key}: {entry.Value.OnOneLine}"))} }}";

        internal override YamlNode Node => new YamlMap([.. Entries.Select(entry => new YamlEntry(new(entry.Key, isPlain: true, Nowhere), entry.Value.Node))], Nowhere);
    }

    /// <summary>The lines of a key and this value, without their ends.</summary>
    /// <param name="key">The key.</param>
    /// <param name="indent">Spaces before it.</param>
    /// <param name="step">Further spaces before the keys below it.</param>
    public IEnumerable<string> Lines(string key, int indent, int step)
    {
        if (this is not Map { IsBlock: true, Entries.IsEmpty: false } map)
            return [$"{new string(' ', indent)}{key}: {OnOneLine}"];

        return map.Entries.SelectMany(entry => entry.Value.Lines(entry.Key, indent + step, step)).Prepend($"{new string(' ', indent)}{key}:");
    }

    // Narrow, so that no place needs quotes: not in brackets, and for no reader of YAML.
    [GeneratedRegex(@"^[A-Za-z0-9/._][A-Za-z0-9/._@+~-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^(null|true|false|yes|no|on|off|y|n)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
