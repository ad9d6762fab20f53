using System.Collections.Immutable;
using DuskStack.Backing;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>The secret files of production, each once, those that others are derived from first.</summary>
public static class SecretPlanning
{
    public static ImmutableArray<SecretPlan> Collect(Manifest manifest, IEnumerable<BackingPlan> backing, NeedsPlanning needs)
    {
        IEnumerable<SecretPlan> connections =
            from service in manifest.Services.OfType<StackService>()
            from connection in needs.Connections(service)
            where !IsEnvironment(service, connection.Variable)
            select connection.Secret;
        IEnumerable<SecretPlan> users =
            from service in manifest.Services
            from secret in service.Secrets
            where !secret.AsEnvironment
            select new SecretPlan(secret.Name.Value, new SecretOrigin.User());
        return [.. backing.SelectMany(b => b.Secrets).Concat(connections).Concat(users).DistinctBy(s => s.Name)];
    }

    /// <summary>True for <c>{ name: DATABASE_URL, as: env }</c>.</summary>
    public static bool IsEnvironment(Service service, string name) => service.Secrets.Any(s => s.AsEnvironment && s.Name.Value == name);
}
