using System.Collections.Immutable;
using System.Globalization;
using DuskStack.Packing.Parameters;

namespace DuskStack.Templates.Tests;

/// <summary>One call of <c>dotnet new duskstack</c>.</summary>
/// <param name="Point">The choices, as they are given.</param>
/// <param name="Name">What stands behind <c>-n</c>.</param>
/// <param name="Texts">The texts and numbers, as they are given; without those that are not.</param>
public sealed record NewProjectCase(Point Point, string Name, ImmutableSortedDictionary<string, string> Texts)
{
    private static readonly ImmutableArray<string> Names = ["shop", "acme-shop", "My.Shop_9", "x1", "Zug der Zeit", "9lives", "UPPER", "a--b"];
    private static readonly ImmutableArray<string> Domains = ["shop.example.com", "Example.ORG", "a.b.c.example"];
    private static readonly ImmutableArray<string> Registries = ["ghcr.io/acme", "localhost:5000/x_y", "https://registry.example.com/Team/"];
    private static readonly ImmutableArray<string> Ports = ["8081", "1024", "65000", "4711"];

    /// <summary>Every pair of values of two parameters, and some more.</summary>
    public static ImmutableArray<NewProjectCase> Pairwise(int more)
    {
        var random = new Random(1);
        return [.. PairwisePoints.Of(random).Concat(Enumerable.Range(0, more).Select(_ => Point.Draw(random))).Select((point, i) => Of(point, i))];
    }

    public static NewProjectCase Of(Point point, int number)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (point[ParameterList.DomainGiven] == "true")
            texts["domain"] = Domains[number % Domains.Length];
        if (point[ParameterList.RegistryGiven] == "true")
            texts["registry"] = Registries[number % Registries.Length];
        // Of three calls one keeps the ports.
        if (number % 3 > 0)
        {
            texts["api-port"] = Ports[number % Ports.Length];
            texts["web-port"] = Ports[(number + 1) % Ports.Length];
        }

        if (number % 2 == 1)
            texts["region"] = "us-east-2";
        return new(number % 2 == 0 ? point : Briefly(point), Names[number % Names.Length], texts.ToImmutable());
    }

    /// <summary>What another option implies is left out.</summary>
    private static Point Briefly(Point point)
    {
        foreach ((string parameter, string value, string other, Func<string, bool> otherIs) in ParameterList.Impossible)
            point = otherIs(point[other]) ? point.With(parameter, value) : point;
        return point;
    }

    /// <summary>The options without the name, as the engine takes them: by symbol.</summary>
    public IReadOnlyDictionary<string, string?> Options => ParameterList.Closed.Where(p => p.GivenWith is null).Select(p => KeyValuePair.Create<string, string?>(p.Id, Point[p.Name]))
        .Concat(Texts.Select(t => KeyValuePair.Create<string, string?>(ParameterList.Open.Single(o => o.Name == t.Key).Id, t.Value))).ToDictionary();

    /// <summary>The same as words of a command line; defaults are left out.</summary>
    public IEnumerable<string> Words =>
    [
        .. ParameterList.Closed.Where(p => p.GivenWith is null && Point.IndexOf(p) > 0).SelectMany(p => p.IsSwitch ? [$"--{p.Name}"] : new[] { $"--{p.Name}", Point[p.Name] }),
        .. Texts.SelectMany(t => new[] { $"--{t.Key}", t.Value }),
    ];

    /// <summary>The manifest that is written.</summary>
    public string Manifest => TemplateManifest.Text(Point, open =>
    {
        OpenParameter parameter = ParameterList.Open.Single(o => o.Name == open);
        return parameter.Form.Of(open == OpenParameter.Project ? Name : Texts.GetValueOrDefault(open, parameter.Default));
    });

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"-n {Name} {string.Join(' ', Words)}");
}
