using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DuskStack.Planning;

/// <summary>What <c>duskstack explain</c> prints: the Plan in words, with everything that the manifest left to DuskStack.</summary>
public static class ExplainText
{
    public static string Write(Plan plan)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{plan.Name}: {Count(plan.Images.Length, "image")}, {Count(plan.Containers.Length, "container")}\n");
        foreach (ContainerPlan container in plan.Containers)
        {
            text.Append('\n');
            foreach ((string label, string value) in Lines(container))
                text.Append(label.Length == 0 ? value : $"  {label,-13}{value}").Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\nproduction   limits {plan.Budget.Limits}, reserved {plan.Budget.Reserved}, {plan.Budget.Cpus:0.##} cpu or more on the host (one-shots, monitoring and renewal of certificates not counted)\n");
        if (plan.Ecs is { } ecs)
            text.Append(CultureInfo.InvariantCulture, $"ecs          cluster {ecs.Cluster} in {ecs.Region}, {ecs.Architecture.Platform}: {string.Join(", ", ecs.Tasks.Select(t => $"{t.Name} {t.Size.Cpu / 1024m:0.##} cpu {t.Size.Memory} MiB"))}\n");
        if (!plan.Secrets.IsEmpty)
            text.Append(CultureInfo.InvariantCulture, $"secrets      {string.Join(", ", plan.Secrets.Select(s => s.Name))}: bash scripts/secrets.sh\n");
        return text.ToString();
    }

    private static IEnumerable<(string Label, string Value)> Lines(ContainerPlan container)
    {
        yield return ("", $"{container.Name}  {container.Comment}");
        if (container.Image is { } image)
        {
            yield return ("image", $"{image.Repository} from {ImagePlanning.Join(image.Context, image.Dockerfile)}{(image.Target is null ? "" : $", stage {image.Target}")}");
            if (!image.Bases.IsEmpty)
                yield return ("base", string.Join(", ", image.Bases.Select(b => $"{b.Reference}{(b.EndOfLife is { } end ? $" (supported until {end:yyyy-MM-dd})" : "")}")));
        }
        else
        {
            yield return ("image", container.Reference!);
        }

        if ((container.Production.Command ?? container.Image?.Start) is { } start)
            yield return ("start", Words(start));
        if ((container.Development?.Command ?? container.Image?.Dev) is { } dev)
            yield return ("development", Words(dev));
        foreach (PortPlan port in container.Development?.Ports ?? [])
            yield return ("port", $"{port.Container}, in development 127.0.0.1:{port.Host} ({port.Variable}){(port.Comment is null ? "" : $", {port.Comment}")}{(container.Production.Ports.Contains(port with { Loopback = false }) ? $", in production {port.Host}" : "")}");
        if (container.Development is null)
        {
            yield return ("runs in", "production only");
            foreach (PortPlan port in container.Production.Ports)
                yield return ("port", $"{port.Container}, published as {(port.Loopback ? "127.0.0.1:" : "")}{port.Host} ({port.Variable}){(port.Comment is null ? "" : $", {port.Comment}")}");
        }

        if (!container.DependsOn.IsEmpty)
            yield return ("waits for", string.Join(", ", container.DependsOn.Select(d => $"{d.Container} ({d.Condition.ToString().ToLowerInvariant()})")));
        yield return ("health", container.Health switch
        {
            HealthPlan.Image => "the image's own check",
            HealthPlan.Check check => Words(check.Production.RemoveAt(0)),
            HealthPlan.Absent when container.Role == ContainerRole.Other => "unknown: the image may bring a check; say `health: image` when it does",
            _ => "not checked",
        });
        yield return ("memory", $"{container.Resources.Memory}{(container.Replicas > 1 ? $" x {container.Replicas}" : "")}, reserved {container.Resources.ReservedMemory}");
        foreach (MountPlan mount in container.Production.Mounts)
            yield return ("volume", $"{mount.Source} at {mount.Target}");
        foreach (TmpfsPlan tmpfs in container.Production.Tmpfs)
            yield return ("writable", $"{tmpfs.Target} in memory, {tmpfs.Size}");
        if (!container.Production.Secrets.IsEmpty)
            yield return ("secrets", string.Join(", ", container.Production.Secrets));
    }

    private static string Words(ImmutableArray<string> command) => string.Join(' ', command).Split('\n')[0];

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
