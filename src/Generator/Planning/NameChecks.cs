using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning.Proxy;

namespace DuskStack.Planning;

/// <summary>Compose names are shared by services, their processes, their migrations and the backing services.</summary>
public static class NameChecks
{
    public static void Check(Manifest manifest, DiagnosticBag bag)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        if (manifest.Postgres is not null)
            taken["postgres"] = "the section `postgres`";
        if (manifest.Cache is { } cache)
            taken[cache.Key.Value] = $"the section `{cache.Key.Value}`";
        if (manifest.Proxy is { } proxy)
        {
            taken[ProxyPlan.Container] = "the section `proxy`";
            if (proxy.Tls?.Value == "letsencrypt")
                taken["certbot"] = "the renewal of certificates";
        }

        foreach (Service service in manifest.Services)
        {
            Take(service.Name.Value, service.Name, $"the service `{service.Name.Value}`");
            if (service is not StackService stack)
                continue;
            foreach (Process process in stack.Processes)
                Take(ProcessName(stack, process), process.Name, $"the process `{process.Name.Value}` of `{stack.Name.Value}`");
            if (stack.Migrate is { } migrate)
                Take(MigrateName(stack), migrate.Command.With(""), $"the migration of `{stack.Name.Value}`");
        }

        void Take(string name, Located<string> written, string owner)
        {
            if (!taken.TryAdd(name, owner))
                bag.Error(DiagnosticCodes.NameClash, written.Span, $"the container name `{name}` is taken by {taken[name]}", "rename one of the two");
        }
    }

    public static string ProcessName(StackService service, Process process) => $"{service.Name.Value}-{process.Name.Value}";

    public static string MigrateName(StackService service) => $"{service.Name.Value}-migrate";

    /// <summary>The prefix of a service's variables: <c>web-admin</c> -> <c>WEB_ADMIN</c>.</summary>
    public static string Variable(string service) => service.Replace('-', '_').ToUpperInvariant();
}
