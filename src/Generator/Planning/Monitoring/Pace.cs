using System.Collections.Immutable;
using DuskStack.Manifests;

namespace DuskStack.Planning.Monitoring;

/// <summary>
/// How long rules wait, from the time between two looks. Patience is counted in looks: who looks every second wants to know within
/// seconds. Windows of rates are five minutes or more, because a rate over a few requests says nothing.
/// </summary>
public sealed record Pace(TimeSpan Interval)
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Rules are evaluated every minute or more often, however rarely targets are asked: what one group records, another one finds.
    /// It is the step of unit tests as well.
    /// </summary>
    public TimeSpan Evaluation => Interval < TimeSpan.FromMinutes(1) ? Interval : TimeSpan.FromMinutes(1);

    /// <summary>Longer than a restart, or a scrape that got lost: 1m at 15s.</summary>
    public TimeSpan Soon => Interval * 4;

    /// <summary>It has come to stay: 5m at 15s.</summary>
    public TimeSpan Lasting => Interval * 20;

    /// <summary>Of rates.</summary>
    public TimeSpan Window => ShortestWindow > Interval * 4 ? ShortestWindow : Interval * 4;

    /// <summary>Of what happens rarely.</summary>
    public TimeSpan Long => Window * 3;

    /// <summary>Prometheus' own ten seconds, or the interval where that is shorter.</summary>
    public TimeSpan Timeout => Interval < TimeSpan.FromSeconds(10) ? Interval : TimeSpan.FromSeconds(10);

    /// <summary>A value older than this is none. Prometheus' own five minutes lose values between two looks of more than two.</summary>
    public TimeSpan? Lookback => Interval * 2.5 > ShortestWindow ? Interval * 2.5 : null;

    /// <summary>How long Alertmanager collects what goes wrong together.</summary>
    public TimeSpan GroupWait => Interval * 2 < TimeSpan.FromSeconds(30) ? Interval * 2 : TimeSpan.FromSeconds(30);

    /// <summary>How often names of services are looked up.</summary>
    public TimeSpan Refresh => Interval < TimeSpan.FromSeconds(30) ? Interval : TimeSpan.FromSeconds(30);

    public string Rate => DurationText.Write(Window);

    /// <summary>The growth per step of a counter that grows so often a second.</summary>
    public string PerSecond(decimal count) => $"0+{(count * (decimal)Evaluation.TotalSeconds).ToString("0.###")}";

    /// <summary>A test that is judged when a window is full and patience is over.</summary>
    public AlertTest Test(params ImmutableArray<(string Name, string Value)> series) => Test(Long + Lasting, series);

    public AlertTest Test(TimeSpan length, params ImmutableArray<(string Name, string Value)> series) => AlertTest.Of(Evaluation, (int)(length / Evaluation) + 2, series);
}
