using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DuskStack.Packing.Parameters;

/// <summary>One step of a <see cref="TextForm"/>: lower case, or a replacement.</summary>
/// <param name="Pattern">What is replaced; null for lower case.</param>
/// <param name="Replacement">By what.</param>
public sealed record TextStep(string? Pattern, string Replacement = "");

/// <summary>
/// Reduces what people write to characters that mean nothing in any format, as <c>dotnet new</c> can refuse no text. The same
/// in the template, as value forms, and here, so that both can be compared.
/// </summary>
public sealed record TextForm(string Name, ImmutableArray<TextStep> Steps)
{
    /// <summary>Starts with a letter, has lower-case letters, digits and single hyphens, at most 39.</summary>
    public static TextForm Project { get; } = new("project", [new(null), new("[^a-z0-9]+", "-"), new("^[^a-z]+", ""), new("^(.{39}).*$", "$1"), new("-+$", ""), new("^$", "product")]);

    /// <summary>The same for PostgreSQL, where a hyphen would need quotes.</summary>
    public static TextForm Database { get; } = new("database", [new("-", "_")]) { After = Project };

    /// <summary>A name in the DNS. Let's Encrypt asks for one: without it stands the one that is nobody's (RFC 2606).</summary>
    public static TextForm Domain { get; } = new("dns", [new(null), new("[^a-z0-9.-]+", ""), new("\\.+", "."), new("^[.-]+|[.-]+$", ""), new("^$", "example.com")]);

    public static TextForm Region { get; } = new("aws", [new(null), new("[^a-z0-9-]+", "")]);

    /// <summary>A registry and its namespace: <c>ghcr.io/acme</c>, <c>localhost:5000/shop</c>.</summary>
    public static TextForm Registry { get; } = new("oci", [new(null), new("^[a-z]+://", ""), new("[^a-z0-9./:_-]+", ""), new("^[./:_-]+|[./:_-]+$", "")]);

    /// <summary>As it comes; for numbers, which the engine has parsed.</summary>
    public static TextForm Number { get; } = new("number", [new("[^0-9]+", "")]);

    /// <summary>The form to which a text is brought first; null for none.</summary>
    public TextForm? After { get; private init; }

    public string Of(string text) => Steps.Aggregate(After?.Of(text) ?? text, (current, step) => step.Pattern is { } pattern ? Regex.Replace(current, pattern, step.Replacement, RegexOptions.CultureInvariant) : current.ToLowerInvariant());
}
