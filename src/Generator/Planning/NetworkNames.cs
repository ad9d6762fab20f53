namespace DuskStack.Planning;

/// <summary>The networks of production; development has Compose's default one.</summary>
public static class NetworkNames
{
    /// <summary>Applications and what is published; has a way out.</summary>
    public const string Edge = "edge";

    /// <summary>Backing services and who needs them; no way out.</summary>
    public const string Data = "data";

    /// <summary>Prometheus and what it asks; has a way out, for alerts.</summary>
    public const string Monitoring = "monitoring";
}
