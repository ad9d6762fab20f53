using DuskStack.Manifests;

namespace DuskStack.Planning;

public static class HealthPlanning
{
    /// <summary>What the manifest gives, over the defaults.</summary>
    public static HealthTiming Timing(HealthSection? health, HealthTiming defaults) => health is null
        ? defaults
        : new(
            health.Interval?.Value ?? defaults.Interval,
            health.Timeout?.Value ?? defaults.Timeout,
            health.StartPeriod?.Value ?? defaults.StartPeriod,
            defaults.StartInterval,
            health.Retries?.Value ?? defaults.Retries);

    /// <summary><c>health: { command: [...] }</c>, run as it is, without a shell.</summary>
    public static HealthPlan Command(HealthSection health)
    {
        // A refused command leaves none; its error ends the run later.
        string[] command = ["CMD", .. health.Command?.Value ?? []];
        return new HealthPlan.Check([.. command], [.. command], Timing(health, HealthTiming.Application));
    }
}
