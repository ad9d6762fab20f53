using System.Text.Json;
using DuskStack.Manifests.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DuskStack.Regeneration.Merging;

/// <summary>
/// Whether lines that came together without a conflict still make sense together: a template that adds a service at the top of a list and a person who
/// added the same one at its end have no line in common.
/// </summary>
internal static class Validity
{
    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions JsonWithComments = Json with { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What is wrong with the merge, as the end of a sentence; null when it is fine, or when one of the sides was not.</summary>
    public static string? Problem(MergeInput input, FileText merged) => Path.GetExtension(input.Path).ToUpperInvariant() switch
    {
        ".YAML" or ".YML" => Problem(input, merged, InYaml),
        ".JSON" => Problem(input, merged, t => InJson(t, Json)) ?? Problem(input, merged, t => InJson(t, JsonWithComments)),
        _ => null,
    };

    private static string? Problem(MergeInput input, FileText merged, Func<FileText, string?> check) =>
        check(merged) is { } problem && check(input.Yours) is null && check(input.Template) is null ? problem : null;

    private static string? InJson(FileText text, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Normal.Raw, options);
            return null;
        }
        catch (JsonException e)
        {
            return e.LineNumber is { } line ? $"line {line + 1} is no valid JSON" : "a property of the JSON stands there twice";
        }
    }

    private static string? InYaml(FileText text)
    {
        using var reader = new StreamReader(new MemoryStream(text.Raw.ToArray()));
        var parser = new Parser(new Scanner(reader, skipComments: true));
        var keys = new Stack<Keys?>();
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (parser.MoveNext())
            {
                var at = parser.Current!;
                if (at is DocumentStart)
                    anchors.Clear();

                if (at is NodeEvent { Anchor: { IsEmpty: false } anchor } && at is not AnchorAlias)
                    anchors.Add(anchor.Value);

                if (at is AnchorAlias alias && !anchors.Contains(alias.Value.Value))
                    return $"line {at.Start.Line} refers to the anchor `{alias.Value}`, which is gone";

                if (at is MappingEnd or SequenceEnd)
                {
                    keys.Pop();
                }
                else if (at is NodeEvent node)
                {
                    if (keys.TryPeek(out var map) && map is not null && !map.TryTake(node))
                        return $"line {at.Start.Line} has the key `{((Scalar)node).Value}` a second time";

                    // The parser takes long over brackets that nobody writes.
                    if (keys.Count == YamlLimits.Depth)
                        return $"line {at.Start.Line} is nested too deeply";

                    if (node is MappingStart)
                        keys.Push(new Keys());
                    else if (node is SequenceStart)
                        keys.Push(null);
                }
            }

            return null;
        }
        catch (YamlException e)
        {
            return $"line {e.Start.Line} is no valid YAML";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // On some broken texts the parser stumbles over itself.
            return "the YAML is not valid";
        }
    }

    /// <summary>The keys of a map that is being read: every other node in it is one.</summary>
    private sealed class Keys
    {
        private readonly HashSet<(string Value, bool Plain)> seen = [];
        private bool isValue;

        /// <summary>False for a key that was there before.</summary>
        public bool TryTake(NodeEvent node)
        {
            isValue = !isValue;
            return !isValue || node is not Scalar key || seen.Add((key.Value, key.Style == ScalarStyle.Plain));
        }
    }
}
