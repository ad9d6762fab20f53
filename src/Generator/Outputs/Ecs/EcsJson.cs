using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DuskStack.Outputs.Ecs;

/// <summary>Records as the AWS CLI reads them: in camel case, what is null left out.</summary>
public static class EcsJson
{
    /// <summary>The whole value of <c>image</c>: the deploy script puts the digest there.</summary>
    public const string ImageMark = "DEPLOY:image";

    /// <summary>Before the name of a secret, the whole value of <c>valueFrom</c>: the deploy script puts the ARN there.</summary>
    public const string SecretMark = "DEPLOY:secret:";

    /// <summary>The value of the tag by which the deploy script knows a definition again.</summary>
    public const string ContentMark = "DEPLOY:content";

    private static readonly JsonSerializerOptions Readable = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    private static readonly JsonSerializerOptions OneLine = new(Readable) { WriteIndented = false };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Readable) + "\n";

    /// <summary>For an input that is JSON within a string.</summary>
    public static string Inline<T>(T value) => JsonSerializer.Serialize(value, OneLine);

    /// <summary>Null for an empty list, which is then left out.</summary>
    public static IReadOnlyList<T>? OrNull<T>(IEnumerable<T> items) => items.ToImmutableArray() is { IsEmpty: false } some ? some : null;
}

/// <summary>Of ECS, where the letters are small.</summary>
public sealed record Tag(string Key, string Value)
{
    public static IReadOnlyList<Tag> Of(string project, string service) => [new("project", project), new("service", service)];
}
