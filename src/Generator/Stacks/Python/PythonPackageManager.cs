using System.Collections.Immutable;
using DuskStack.Images;
using DuskStack.Manifests;

namespace DuskStack.Stacks.Python;

/// <summary>How one package manager installs into <c>/opt/venv</c>, which pip and uv fill without being part of it.</summary>
public sealed record PythonPackageManager
{
    private const string PoetryVersion = "2.5.1";
    private const string PoetryExportVersion = "1.10.1";

    public required string Name { get; init; }

    /// <summary>The file with exact versions and hashes.</summary>
    public required string LockFile { get; init; }

    /// <summary>Files that say what to install; no service runs them, so production's image has none.</summary>
    public required string LockFiles { get; init; }

    /// <summary>Puts the package manager into the stage <c>toolchain</c>; empty when the base image has it.</summary>
    public string Bootstrap { get; init; } = "";

    /// <summary>The image that the package manager is copied from; null when it is not.</summary>
    public BaseImage? Image { get; init; }
    public ImmutableArray<string> Environment { get; init; } = [];

    /// <summary>The folder of its cache.</summary>
    public required string Cache { get; init; }

    /// <summary>What the install of production reads; a name in brackets may be absent.</summary>
    public required string Manifests { get; init; }

    /// <summary>What the install of development reads besides.</summary>
    public string DevManifests { get; init; } = "";
    public required string Install { get; init; }

    /// <summary>On top of <see cref="Install"/>.</summary>
    public required string InstallDev { get; init; }

    /// <summary>How somebody makes the lock file.</summary>
    public required string MakesLock { get; init; }

    /// <param name="written">As the manifest names it, or null.</param>
    /// <param name="workspace">True for a package of a workspace, which uv alone has.</param>
    public static PythonPackageManager Of(PackageManager? written, bool workspace = false) => written?.Name switch
    {
        "uv" => workspace ? UvWorkspace(written.Version) : Uv(written.Version),
        "poetry" => Poetry(written.Version ?? PoetryVersion),
        _ => Pip(written?.Version),
    };

    private static PythonPackageManager Pip(string? version) => new()
    {
        Name = "pip",
        LockFile = "requirements.txt",
        LockFiles = "requirements*.txt",
        Bootstrap = version is null ? "" : $"pip install pip=={version}",
        Cache = "/root/.cache/pip",
        Manifests = "requirements.txt",
        DevManifests = "requirements-dev.tx[t]",
        Install = PipInstall("requirements.txt"),
        InstallDev = $"if [ -f requirements-dev.txt ]; then {PipInstall("requirements-dev.txt")}; fi",
        MakesLock = "pip-compile --generate-hashes --output-file requirements.txt pyproject.toml",
    };

    private static PythonPackageManager Uv(string? version)
    {
        BaseImage image = ImageCatalog.Shared.Default("uv");
        return new()
        {
            Name = "uv",
            LockFile = "uv.lock",
            LockFiles = "uv.lock",
            Image = version is null ? image : image with { Reference = $"{image.Reference[..image.Reference.LastIndexOf(':')]}:{version}" },
            // The cache lies in another file system, so that links cannot work; this image has its Python already.
            Environment = ["UV_LINK_MODE=copy", "UV_PYTHON_DOWNLOADS=0", "UV_PROJECT_ENVIRONMENT=/opt/venv"],
            Cache = "/root/.cache/uv",
            Manifests = "pyproject.toml uv.loc[k] uv.tom[l]",
            Install = "if [ ! -f uv.lock ]; then echo 'WARNING: there is no uv.lock, so this build takes the versions of today; run uv lock and commit it' >&2 && uv lock; fi \\\n"
                + "    && uv sync --locked --no-dev --no-install-project \\\n"
                // Its own lock of the environment, a file that everybody may write to.
                + "    && rm -f /opt/venv/.lock",
            InstallDev = "uv sync --locked --no-install-project",
            MakesLock = "uv lock",
        };
    }

    /// <summary>Commands run in the folder of the package. The members of the workspace are no part of either install: they change more often.</summary>
    private static PythonPackageManager UvWorkspace(string? version)
    {
        PythonPackageManager uv = Uv(version);
        return uv with
        {
            // Folders bring a .python-version along, which is for the machines of developers.
            Environment = [.. uv.Environment, "UV_PYTHON=/opt/venv/bin/python"],
            Install = "uv sync --locked --no-default-groups --no-install-local",
            InstallDev = "uv sync --locked --no-install-local",
        };
    }

    private static PythonPackageManager Poetry(string version) => new()
    {
        Name = "poetry",
        LockFile = "poetry.lock",
        LockFiles = "poetry.lock",
        Bootstrap = $"python -m venv /opt/poetry \\\n    && /opt/poetry/bin/pip install poetry=={version} poetry-plugin-export=={PoetryExportVersion}",
        Cache = "/root/.cache/pip",
        Manifests = "pyproject.toml poetry.lock",
        Install = $"/opt/poetry/bin/poetry export --only=main --output=/tmp/requirements.txt \\\n    && {PipInstall("/tmp/requirements.txt")}",
        InstallDev = $"/opt/poetry/bin/poetry export --all-groups --output=/tmp/requirements.txt \\\n    && {PipInstall("/tmp/requirements.txt")}",
        MakesLock = "poetry lock",
    };

    private static string PipInstall(string file) => $"pip --python /opt/venv install --require-hashes --no-compile -r {file}";
}
