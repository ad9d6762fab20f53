using System.Collections.Immutable;
using System.Reflection;

namespace DuskStack.Images;

/// <summary>All rows of <c>images.json</c>.</summary>
public sealed class ImageCatalog
{
    private readonly ImmutableArray<BaseImage> rows;

    private ImageCatalog(ImmutableArray<BaseImage> rows) => this.rows = rows;

    public static ImageCatalog Shared { get; } = Load();

    public ImmutableArray<BaseImage> All => rows;

    public BaseImage? Find(string provides, string version, string variant = "") =>
        rows.FirstOrDefault(r => r.Provides == provides && r.Version == version && r.Variant == variant);

    /// <summary>The row that is taken when the manifest names no version.</summary>
    public BaseImage Default(string provides, string variant = "") =>
        rows.First(r => r.Provides == provides && r.Variant == variant && r.Default);

    public IEnumerable<string> Versions(string provides, string? variant = null) =>
        rows.Where(r => r.Provides == provides && (variant is null || r.Variant == variant)).Select(r => r.Version).Distinct();

    public IEnumerable<string> Variants(string provides) => rows.Where(r => r.Provides == provides).Select(r => r.Variant).Distinct();

    private static ImageCatalog Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("images.json")
            ?? throw new InvalidOperationException("images.json is not embedded");
        return new(CatalogJson.Read(stream, CatalogJson.Image));
    }
}
