using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using DuskStack.Containers.Verification.Images;
using DuskStack.Containers.Verification.Running;

namespace DuskStack.Containers.Verification.Reports;

/// <summary>The report for programs: <c>duskstack verify --json</c>. Sizes are in bytes, times in seconds.</summary>
public static class JsonReport
{
    public static string Write(VerifyReport report, int exit) => JsonSerializer.Serialize(
        new JsonRoot(
            exit,
            report.Project,
            report.Engine,
            report.HasStandIns,
            report.Stack?.Substituted ?? [],
            Math.Round(report.Duration.TotalSeconds, 1),
            new(report.Count(Outcome.Passed), report.Count(Outcome.Failed), report.Count(Outcome.NotRun)),
            [.. report.Results.Select(r => new JsonCheck(r.Check.Name, Word(r.Check.Stage), r.Subject, Word(r.Verdict.Outcome), r.Verdict.Message, r.Verdict.Details.Length == 0 ? null : r.Verdict.Details, [.. r.Verdict.Figures.Select(f => new JsonFigure(f.Name, f.Unit, Math.Round(f.Value, 3), f.Limit))]))],
            [.. report.Images.Select(Image)],
            [.. (report.Stack?.Containers ?? []).Select(Container)]),
        VerifyJson.Default.JsonRoot) + "\n";

    /// <summary><c>not run</c>, as people read it too.</summary>
    public static string Word(Outcome outcome) => outcome == Outcome.NotRun ? "not run" : outcome.ToString().ToLowerInvariant();

    public static string Word(Stage stage) => stage.ToString().ToLowerInvariant();

    private static JsonImage Image(ImageMeasurement image) => new(
        image.Name, image.Content is null ? null : new(image.Counted, image.AboveBase, image.Total, image.IsEstimate), image.Base.Reference, image.Base.StandIn, image.Base.Published, image.Budget.Image,
        Seconds(image.ColdBuild), Seconds(image.WarmBuild),
        [.. (image.Content?.Layers ?? []).Select(l => new JsonLayer(l.CreatedBy, l.Size, l.OfBase))],
        [.. (image.Content?.Largest ?? []).Select(l => new JsonPath(l.Path, l.Size))]);

    private static JsonContainer Container(ContainerMeasurement container) => new(
        container.Name, container.Facts is not null, Seconds(container.UntilHealthy), container.Insight?.Status, container.Memory, container.Plan.Resources.Memory.Bytes, container.Stop?.ExitCode, Seconds(container.Stop?.Duration));

    private static double? Seconds(TimeSpan? time) => time is { } some ? Math.Round(some.TotalSeconds, 3) : null;
}

internal sealed record JsonRoot(int Exit, string Project, string? Engine, bool StandIns, ImmutableArray<string> Substituted, double Seconds, JsonCounts Counts, ImmutableArray<JsonCheck> Checks, ImmutableArray<JsonImage> Images, ImmutableArray<JsonContainer> Containers);

internal sealed record JsonCounts(int Passed, int Failed, int NotRun);

internal sealed record JsonCheck(string Check, string Stage, string Subject, string Outcome, string Message, string? Details, ImmutableArray<JsonFigure> Figures);

internal sealed record JsonFigure(string Name, string Unit, double Value, double? Limit);

internal sealed record JsonImage(string Name, JsonSize? Size, string Base, bool StandIn, long? PublishedBase, long? Budget, double? ColdBuild, double? WarmBuild, ImmutableArray<JsonLayer> Layers, ImmutableArray<JsonPath> Largest);

/// <param name="Counted">What is held to the budget: the published base and what lies above it, where the base here is a stand-in.</param>
/// <param name="AboveBase">Bytes above the base.</param>
/// <param name="Here">All bytes on this machine.</param>
/// <param name="Estimate">True when the base is a stand-in and nobody published the size of the real one.</param>
internal sealed record JsonSize(long Counted, long AboveBase, long Here, bool Estimate);

internal sealed record JsonLayer(string CreatedBy, long Size, bool OfBase);

internal sealed record JsonPath(string Path, long Size);

internal sealed record JsonContainer(string Name, bool Started, double? Healthy, int? Status, long? Memory, long MemoryLimit, int? ExitCode, double? Stop);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NewLine = "\n")]
[JsonSerializable(typeof(JsonRoot))]
internal sealed partial class VerifyJson : JsonSerializerContext;
