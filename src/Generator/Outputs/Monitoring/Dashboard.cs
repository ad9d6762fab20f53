using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DuskStack.Planning.Monitoring;

namespace DuskStack.Outputs.Monitoring;

/// <summary>A dashboard in Grafana's JSON model, as much of it as is used.</summary>
public sealed record Dashboard
{
    /// <summary>The uid of the datasource that is provisioned.</summary>
    public const string Datasource = "prometheus";

    private const int Columns = 24, Width = 12, Height = 8;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Uid { get; init; }
    public required string Title { get; init; }
    public ImmutableArray<string> Tags { get; init; } = ["duskstack"];
    public int SchemaVersion { get; init; } = 39;
    public bool Editable { get; init; } = true;
    public string Refresh { get; init; } = "30s";
    public string Timezone { get; init; } = "browser";
    public TimeRange Time { get; init; } = new("now-1h", "now");

    /// <summary>The same moment in every panel when the pointer is over one of them.</summary>
    public int GraphTooltip { get; init; } = 1;
    public required ImmutableArray<Panel> Panels { get; init; }

    public static string Write(DashboardPlan plan) => JsonSerializer.Serialize(
        new Dashboard
        {
            Uid = $"duskstack-{plan.Name}",
            Title = plan.Title,
            Panels = [.. plan.Panels.Select(Panel)],
        },
        Options) + "\n";

    private static Panel Panel(PanelPlan plan, int index) => new()
    {
        Id = index + 1,
        Title = plan.Title,
        Description = plan.Description,
        Type = plan.Number ? "stat" : "timeseries",
        GridPos = new(Height, Width, index % 2 * Width % Columns, index / 2 * Height),
        FieldConfig = new(new(plan.Unit, plan.Number ? null : 0, plan.Number ? null : new(10, "never"))),
        Options = plan.Number ? new() { ReduceOptions = new(["lastNotNull"]), TextMode = "value_and_name" } : new() { Legend = new("list", "bottom", true), Tooltip = new("multi", "desc") },
        Targets = [.. plan.Queries.Select((q, i) => new Query(((char)('A' + i)).ToString(), q.Expression.ReplaceLineEndings(" "), q.Legend, plan.Number))],
    };
}

public sealed record TimeRange(string From, string To);

public sealed record Panel
{
    public required int Id { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required string Type { get; init; }
    public DatasourceReference Datasource { get; init; } = new();
    public required GridPosition GridPos { get; init; }
    public required FieldConfig FieldConfig { get; init; }
    public required PanelOptions Options { get; init; }
    public required ImmutableArray<Query> Targets { get; init; }
}

public sealed record DatasourceReference
{
    public string Type { get; init; } = "prometheus";
    public string Uid { get; init; } = Dashboard.Datasource;
}

public sealed record GridPosition(int H, int W, int X, int Y);

public sealed record FieldConfig(FieldDefaults Defaults)
{
    public ImmutableArray<string> Overrides { get; init; } = [];
}

public sealed record FieldDefaults(string Unit, int? Min, CustomField? Custom);

public sealed record CustomField(int FillOpacity, string ShowPoints);

public sealed record PanelOptions
{
    public LegendOptions? Legend { get; init; }
    public TooltipOptions? Tooltip { get; init; }
    public ReduceOptions? ReduceOptions { get; init; }
    public string? TextMode { get; init; }
}

public sealed record LegendOptions(string DisplayMode, string Placement, bool ShowLegend);

public sealed record TooltipOptions(string Mode, string Sort);

public sealed record ReduceOptions(ImmutableArray<string> Calcs);

/// <summary>One query; <see cref="Instant"/>: the latest value, else a curve.</summary>
public sealed record Query(string RefId, string Expr, string LegendFormat, bool Instant)
{
    public DatasourceReference Datasource { get; init; } = new();
    public string EditorMode { get; init; } = "code";
    public bool Range { get; init; } = !Instant;
}
