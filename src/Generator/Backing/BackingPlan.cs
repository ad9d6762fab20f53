using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Planning.Monitoring;
using DuskStack.Stacks;

namespace DuskStack.Backing;

/// <summary>A database or cache that services lean on. It knows its container and its URL, and names no output.</summary>
public interface IBackingService
{
    /// <summary>Null when the manifest asks for none.</summary>
    BackingPlan? Plan(Manifest manifest, Func<BaseImage, string> reference, DiagnosticBag bag);
}

public sealed record BackingPlan
{
    /// <summary>The word under <c>needs:</c>, which is also the Compose name.</summary>
    public required string Name { get; init; }

    /// <summary>Null when it runs elsewhere.</summary>
    public required ContainerPlan? Container { get; init; }

    /// <summary>What can run in its place for a test; null when it runs here.</summary>
    public SubstitutePlan? Substitute { get; init; }
    public ImmutableArray<SecretPlan> Secrets { get; init; } = [];
    public ImmutableArray<VolumePlan> Volumes { get; init; } = [];
    public ImmutableArray<VariablePlan> Variables { get; init; } = [];
    public ImmutableArray<SupportFile> SupportFiles { get; init; } = [];

    /// <summary>For the scripts that look after its data; null when it is no PostgreSQL of this project.</summary>
    public DatabasePlan? Database { get; init; }

    /// <summary>How a service of a stack reaches it.</summary>
    public required Func<IStack, ConnectionPlan> Connect { get; init; }

    /// <summary>Connections it accepts from applications; null when that is no concern.</summary>
    public int? Connections { get; init; }

    /// <summary>How monitoring learns about it; null when it runs elsewhere.</summary>
    public ExporterPlan? Exporter { get; init; }
}

/// <summary>A program that asks a backing service how it is, and tells Prometheus.</summary>
public sealed record ExporterPlan
{
    /// <summary>Its Compose name.</summary>
    public required string Name { get; init; }
    public required BaseImage Image { get; init; }

    /// <summary>Where it serves metrics.</summary>
    public required int Port { get; init; }

    /// <summary>The words as the container gets them; null: the image's own.</summary>
    public ImmutableArray<string>? Command { get; init; }
    public required ImmutableArray<EnvironmentPlan> Environment { get; init; }

    /// <summary>Secret files that it reads, those of the service itself included.</summary>
    public required ImmutableArray<SecretPlan> Secrets { get; init; }

    /// <summary>Connections that it takes from applications; 0 when that is no concern.</summary>
    public int Connections { get; init; }

    /// <summary>Rules and panels.</summary>
    public required Func<Pace, Watched> Watch { get; init; }
}

/// <summary>A URL for an application.</summary>
/// <param name="Variable">The variable an application reads: <c>DATABASE_URL</c>; with <c>_FILE</c> appended where it is a file.</param>
/// <param name="Development">Its value in development, as Compose reads it.</param>
/// <param name="Secret">The secret file of production, with where its value comes from.</param>
public sealed record ConnectionPlan(string Variable, string Development, SecretPlan Secret);

/// <summary>All backing services, in the order in which they start.</summary>
public static class BackingList
{
    public static ImmutableArray<IBackingService> All { get; } = [new Postgres(), new Cache()];
}
