using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;
using DuskStack.Stacks;

namespace DuskStack.Planning;

/// <summary>Warns of versions that nobody mends any more.</summary>
public static class EndOfLifeChecks
{
    public static void Check(Manifest manifest, Facts facts, DiagnosticBag bag)
    {
        foreach (StackService service in manifest.Services.OfType<StackService>())
            Warn(StackList.Find(service.Stack.Value)?.Language ?? "", service.Runtime);
        if (manifest.Postgres is { External: null or { Value: false }, Version: { } major })
            Warn("postgres", major.With(major.Value.ToString()));
        if (manifest.Cache is { External: null or { Value: false } } cache)
            Warn(cache.Key.Value, cache.Version);

        void Warn(string provides, Located<string>? version)
        {
            if (version is not { } written)
                return;
            BaseImage? row = ImageCatalog.Shared.All.FirstOrDefault(r => r.Provides == provides && r.Version == written.Value);
            if (row?.EndOfLife is not { } end || end >= facts.Today)
                return;
            BaseImage? newer = ImageCatalog.Shared.All.LastOrDefault(r => r.Provides == provides && (r.EndOfLife is null || r.EndOfLife > facts.Today) && r.Default);
            bag.Warning(DiagnosticCodes.EndOfLife, written.Span, $"{provides} {written.Value} has had no security fixes since {end:yyyy-MM-dd}", newer is null ? null : $"take {newer.Version}{(newer.EndOfLife is { } until ? $", supported until {until:yyyy-MM-dd}" : "")}");
        }
    }
}
