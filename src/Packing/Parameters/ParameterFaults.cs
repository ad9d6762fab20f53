using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Templating;

namespace DuskStack.Packing.Parameters;

/// <summary>What the template engine would take otherwise than it is meant.</summary>
public static partial class ParameterFaults
{
    /// <summary>Options of <c>dotnet new</c> itself: https://learn.microsoft.com/dotnet/core/tools/dotnet-new</summary>
    private static readonly ImmutableHashSet<string> Taken =
        ["name", "output", "type", "force", "project", "language", "lang", "dry-run", "no-update-check", "verbosity", "diagnostics", "help", "allow-scripts", "install", "search", "list", "add-source", "n", "o", "d", "v", "h", "i", "l", "u"];

    /// <summary>Words that the engine compares as something else than text.</summary>
    private static readonly ImmutableHashSet<string> Words = ["null", "true", "false"];

    public static IEnumerable<string> Of() => Of(ParameterList.All);

    public static IEnumerable<string> Of(IEnumerable<TemplateParameter> parameters)
    {
        TemplateParameter[] all = [.. parameters];
        foreach (TemplateParameter parameter in all.Where(p => p is not OpenParameter { Name: OpenParameter.Project }))
        {
            foreach (string name in new[] { parameter.Name, parameter.Short }.Where(Taken.Contains))
                yield return $"`{name}` is an option of dotnet new itself";
        }

        foreach (string twice in all.SelectMany(p => new[] { p.Name, p.Short }).Where(n => n.Length > 0).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"`{twice}` names two options";
        foreach (string twice in all.SelectMany(p => Symbols(p).Distinct()).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key))
            yield return $"`{twice}` is the symbol of two options";
        foreach (ClosedParameter choice in all.OfType<ClosedParameter>().Where(c => !c.IsSwitch))
        {
            foreach (ParameterValue value in choice.Values.Where(v => !SafeValue().IsMatch(v.Value) || Words.Contains(v.Value)))
                yield return $"`{value.Value}` of --{choice.Name} is compared as a number, a version or a word of the engine, not as text";
        }

        foreach (ClosedParameter choice in all.OfType<ClosedParameter>().Where(c => !c.IsSwitch))
        {
            foreach ((ParameterValue value, string name) in choice.Values.SelectMany(v => all.SelectMany(Symbols).Distinct().Where(n => v.Value.Contains(n, StringComparison.Ordinal)).Select(n => (v, n))))
                yield return $"`{value.Value}` of --{choice.Name} has the symbol `{name}` in it, whose value the engine would read in its place";
        }

        // The engine looks for what the form makes of it.
        foreach (OpenParameter open in all.OfType<OpenParameter>().Where(o => !o.IsNumber && o.Form.Of(o.Sentinel) != o.Sentinel && o.IsOption))
            yield return $"`{open.Sentinel}`, which stands for --{open.Name}, would be `{open.Form.Of(open.Sentinel)}` to the engine";

        foreach (string name in TemplateSet.Names(""))
        {
            string text = TemplateSet.Text(name);
            foreach (OpenParameter open in ParameterList.Open.Where(o => text.Contains(o.Stand, StringComparison.Ordinal)))
                yield return $"templates/{name} says `{open.Stand}`, which stands for --{open.Name}";
            if (SentinelText.IsIn(text))
                yield return $"templates/{name} has a mark that the engine would replace";
        }
    }

    private static IEnumerable<string> Symbols(TemplateParameter parameter) => parameter is ClosedParameter closed ? [closed.Id, closed.Symbol] : [parameter.Id];

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex SafeValue();
}
