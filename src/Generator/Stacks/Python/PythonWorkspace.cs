using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Stacks.Python;

/// <summary>What a Dockerfile prints of the uv workspace around a package.</summary>
public sealed record PythonWorkspace
{
    public PythonWorkspace(StackRequest request)
    {
        Folder = ImagePlanning.Package(request.Service);
        Foreign = request.Foreign;
        InstallFiles = [.. request.Service.Build.Install.Select(i => i.Value)];
    }

    /// <summary>The package, relative to the root of the workspace.</summary>
    public string Folder { get; }

    /// <summary>Folders of other services that are no members, relative to the root.</summary>
    public ImmutableArray<string> Foreign { get; }

    /// <summary>What the install reads besides, at the root and in the folders of members.</summary>
    public ImmutableArray<string> InstallFiles { get; }

    /// <summary>
    /// Builds the packages in a list of folders and installs them into <c>/published</c>, which is laid over <c>/opt/venv</c>. Not by
    /// <c>uv sync</c>: it would take wheels out of its cache that it believes to be of the same sources.
    /// </summary>
    public static string InstallFrom(string list) =>
        "mkdir -p /published /tmp/wheels \\\n"
        + $"    && xargs -rI '{{}}' uv build --wheel --out-dir /tmp/wheels '/app/{{}}' < /tmp/{list} \\\n"
        + "    && find /tmp/wheels -name '*.whl' -exec uv pip install --prefix /published --no-deps '{}' + \\\n"
        + "    && rm -r /tmp/wheels \\\n"
        + "    && { python -m compileall -qq -j 0 --invalidation-mode unchecked-hash -s /published -p /opt/venv /published || true; }";
}
