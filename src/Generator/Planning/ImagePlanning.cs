using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Names and places of images and of the files they are built from.</summary>
public static class ImagePlanning
{
    /// <summary>Images of Docker Hub come through the mirror where one is set; official ones live there under <c>library/</c>.</summary>
    public static string Reference(BaseImage image, ImagesSection images) => Reference(image.Reference, images);

    public static string Reference(string reference, ImagesSection images)
    {
        if (images.Mirror is not { } mirror || reference == "scratch")
            return reference;
        string first = reference.Split('/')[0];
        bool otherRegistry = reference.Contains('/', StringComparison.Ordinal) && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost");
        return otherRegistry ? reference : $"{mirror.Value.TrimEnd('/')}/{(reference.Contains('/', StringComparison.Ordinal) ? "" : "library/")}{reference}";
    }

    public static string Repository(Manifest manifest, string service)
    {
        string name = $"{manifest.Name.Value}-{service}";
        return manifest.Images.Registry is { } registry ? $"{registry.Value.TrimEnd('/')}/{name}" : name;
    }

    /// <summary>The folder of a service's sources, relative to the project.</summary>
    public static string Context(StackService service) => Normal(service.Path?.Value ?? $"services/{service.Name.Value}");

    /// <summary>The folder of a service's package: the context, or the package inside the workspace there.</summary>
    public static string Folder(StackService service) => Join(Context(service), Package(service));

    /// <summary>The package relative to the context: <c>.</c> without a workspace.</summary>
    public static string Package(StackService service) => Normal(service.Workspace?.Value ?? ".");

    /// <summary>
    /// The Dockerfile relative to the context: <c>Dockerfile</c>, <c>apps/backend/Dockerfile</c> in a workspace, and
    /// <c>Dockerfile.&lt;service&gt;</c> where two services share a folder.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="shared"><see cref="SharedFolders"/>.</param>
    public static string DockerfileName(StackService service, ImmutableHashSet<string> shared) =>
        Join(Package(service), shared.Contains(Folder(service)) ? $"Dockerfile.{service.Name.Value}" : "Dockerfile");

    /// <summary>The folders that hold the packages of several services.</summary>
    public static ImmutableHashSet<string> SharedFolders(Manifest manifest) =>
        manifest.Services.OfType<StackService>().GroupBy(Folder).Where(g => g.Count() > 1).Select(g => g.Key).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>
    /// .dockerignore counts at the root of the context only; a Dockerfile that lies deeper, or has company, brings its own:
    /// https://docs.docker.com/build/concepts/context/#filename-and-location
    /// </summary>
    public static string IgnorePath(string context, string dockerfile) =>
        Join(context, dockerfile == "Dockerfile" ? ".dockerignore" : $"{dockerfile}.dockerignore");

    /// <summary>Folders of other services below the context of a package in a workspace, relative to that context.</summary>
    /// <param name="manifest">All services.</param>
    /// <param name="service">The package's.</param>
    /// <param name="foreign">True for those only whose context lies below it, so that they are no packages of the workspace.</param>
    public static ImmutableArray<string> Neighbours(Manifest manifest, StackService service, bool foreign = false)
    {
        string context = Context(service), own = Folder(service);
        return service.Workspace is null ? [] :
        [
            .. from other in manifest.Services.OfType<StackService>()
               let folder = foreign ? Context(other) : Folder(other)
               where folder != own && folder != context && (context == "." || folder.StartsWith($"{context}/", StringComparison.Ordinal))
               where !own.StartsWith($"{folder}/", StringComparison.Ordinal) && !folder.StartsWith($"{own}/", StringComparison.Ordinal)
               select context == "." ? folder : folder[(context.Length + 1)..],
        ];
    }

    public static string Join(string folder, string file) => folder == "." ? file : file == "." ? folder : $"{folder}/{file}";

    public static string Normal(string path)
    {
        string joined = string.Join('/', path.Split('/').Where(s => s.Length > 0 && s != "."));
        return joined.Length == 0 ? "." : joined;
    }
}
