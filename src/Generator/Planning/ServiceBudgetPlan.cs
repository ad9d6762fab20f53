namespace DuskStack.Planning;

/// <summary>What its owner allows a service; null where that is not checked.</summary>
public sealed record ServiceBudgetPlan
{
    /// <summary>Bytes of the image's uncompressed layers.</summary>
    public long? Image { get; init; }

    /// <summary>A build with empty caches.</summary>
    public TimeSpan? ColdBuild { get; init; }

    /// <summary>A build after a change of the sources.</summary>
    public TimeSpan? WarmBuild { get; init; }

    /// <summary>From the start until it is healthy.</summary>
    public TimeSpan? Healthy { get; init; }
}
