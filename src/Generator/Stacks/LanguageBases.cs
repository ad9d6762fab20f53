using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests;

namespace DuskStack.Stacks;

/// <summary>Finds the images of a language: the row of <c>base</c> and <c>runtime</c>, and the row that builds for it.</summary>
public static class LanguageBases
{
    public static string DefaultVersion(string language) => ImageCatalog.Shared.Default(language, "slim").Version;

    public static StackBases? Find(string language, StackService service, DiagnosticBag bag)
    {
        string variant = service.Base?.Value ?? "slim", version = service.Runtime?.Value ?? DefaultVersion(language);
        if (ImageCatalog.Shared.Find(language, version, variant) is { } image)
            return new(image, image.BuildsOn is { } builder ? ImageCatalog.Shared.Find(language, version, builder)! : image);
        if (!ImageCatalog.Shared.Variants(language).Contains(variant))
            bag.Error(DiagnosticCodes.NotAvailable, service.Base!.Value.Span, $"the base `{variant}` is not available for {language} in this version of DuskStack", $"available: {string.Join(", ", ImageCatalog.Shared.Variants(language))}");
        else if (ImageCatalog.Shared.Versions(language, "slim").Contains(version))
            bag.Error(DiagnosticCodes.UnknownChoice, service.Base?.Span ?? service.Name.Span, $"there is no base `{variant}` with {language} {version}", $"`{variant}` has {language} {string.Join(", ", ImageCatalog.Shared.Versions(language, variant))}; other bases: {string.Join(", ", ImageCatalog.Shared.All.Where(r => r.Provides == language && r.Version == version).Select(r => r.Variant))}");
        else
            bag.Error(DiagnosticCodes.UnknownChoice, service.Runtime!.Value.Span, $"unknown {language} version `{version}`", $"known versions: {string.Join(", ", ImageCatalog.Shared.Versions(language, variant))}");
        return null;
    }
}
