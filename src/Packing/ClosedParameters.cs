using System.Collections.Immutable;
using System.Text;

namespace DuskStack.Packing;

/// <summary>A choice of <c>dotnet new duskstack</c>. Text and numbers are no parameters here: they fold as inserted values.</summary>
/// <param name="Name">The option's name.</param>
/// <param name="Values">All its values, the default first.</param>
public sealed record ClosedParameter(string Name, ImmutableArray<string> Values);

/// <summary>The closed set of choices, and the one function that turns a choice of each into a manifest.</summary>
public static class ClosedParameters
{
    public static ImmutableArray<ClosedParameter> All { get; } =
    [
        new("api", ["node", "python", "none"]),
        new("web", ["none", "nextjs", "spa"]),
        new("node-package-manager", ["npm", "pnpm", "yarn"]),
        new("python-package-manager", ["pip", "uv", "poetry"]),
        new("database", ["none", "postgres", "pgvector"]),
        new("cache", ["none", "redis", "valkey"]),
    ];

    /// <summary>Every combination; the order is that of <see cref="All"/>, the last parameter running fastest.</summary>
    public static IEnumerable<ImmutableDictionary<string, string>> Combinations()
    {
        IEnumerable<ImmutableDictionary<string, string>> points = [ImmutableDictionary<string, string>.Empty];
        foreach (ClosedParameter parameter in All)
            points = points.SelectMany(point => parameter.Values.Select(value => point.Add(parameter.Name, value)));
        return points;
    }

    /// <summary>The duskstack.yaml of one combination.</summary>
    public static string Manifest(ImmutableDictionary<string, string> point)
    {
        string[] needs = [.. new[] { point["database"] == "none" ? "" : "postgres", point["cache"] == "none" ? "" : point["cache"] }.Where(n => n.Length > 0)];
        var text = new StringBuilder("version: 1\nname: shop\n");
        text.Append("services:\n");
        if (point["api"] != "none")
        {
            text.Append($"  api:\n    stack: {point["api"]}\n    packageManager: {point[$"{point["api"]}-package-manager"]}\n    port: 8000\n    routes: [/api]\n");
            if (needs.Length > 0) text.Append($"    needs: [{string.Join(", ", needs)}]\n");
            if (point["database"] != "none") text.Append(point["api"] == "python" ? "    migrate: [\"alembic\", \"upgrade\", \"head\"]\n" : "    migrate: [\"node\", \"dist/migrate.js\"]\n");
        }

        if (point["web"] != "none")
        {
            text.Append($"  web:\n    stack: {point["web"]}\n    packageManager: {point["node-package-manager"]}\n    port: 3000\n    routes: [/]\n");
            if (point["api"] != "none") text.Append("    needs: [api]\n    public: { API_URL: /api }\n");
        }

        if (point["api"] == "none" && point["web"] == "none")
            text.Append("  mail: { image: axllent/mailpit:v1.31.4, port: 8025 }\n");

        if (point["database"] != "none") text.Append(point["database"] == "pgvector" ? "postgres: { extensions: [vector] }\n" : "postgres: {}\n");
        if (point["cache"] != "none") text.Append($"{point["cache"]}: {{}}\n");
        return text.ToString();
    }
}
