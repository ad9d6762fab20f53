using System.Collections.Immutable;

namespace DuskStack.Stacks.Node;

/// <summary>How one package manager installs: everything that differs between npm, pnpm and yarn in a Dockerfile.</summary>
public sealed record NodePackageManager
{
    public required string Name { get; init; }
    public required string LockFile { get; init; }

    /// <summary>Puts this version onto the PATH of the build; empty when the base image brings it.</summary>
    public required string Bootstrap { get; init; }
    public required ImmutableArray<string> Environment { get; init; }

    /// <summary>Where downloads are cached between builds.</summary>
    public required string Cache { get; init; }

    /// <summary>
    /// What the install reads. A pattern such as <c>.npmr[c]</c> matches one file or none, where a plain name would have to exist.
    /// </summary>
    public required string Manifests { get; init; }

    /// <summary>A folder of patches or plugins that the install reads, as a pattern that may match nothing, and its own name.</summary>
    public required string Folders { get; init; }
    public required string FoldersTarget { get; init; }
    public required string Install { get; init; }
    public required string InstallProduction { get; init; }

    /// <summary>True when production dependencies are made out of an install that checked the lockfile.</summary>
    public bool ProductionFromInstall { get; init; }

    /// <summary>How it installs a part of a workspace.</summary>
    public required WorkspaceInstall Workspace { get; init; }

    /// <summary>Runs a script of package.json.</summary>
    public required Func<string, ImmutableArray<string>> Run { get; init; }

    /// <summary>The version that is installed when the manifest names none; null for the one in the base image.</summary>
    public required string? DefaultVersion { get; init; }

    /// <param name="name"><c>npm</c>, <c>pnpm</c> or <c>yarn</c>.</param>
    /// <param name="version">As the manifest names it, or null.</param>
    /// <param name="nodeMajor">The runtime: an older Node cannot run the newest pnpm.</param>
    public static NodePackageManager Of(string name, string? version, int nodeMajor) => name switch
    {
        "pnpm" => Pnpm(version ?? (nodeMajor < 22 ? "10.34.9" : "11.28.11")),
        "yarn" => Yarn(version ?? "4.18.1"),
        _ => Npm(version),
    };

    private static NodePackageManager Npm(string? version) => new()
    {
        Name = "npm",
        LockFile = "package-lock.json",
        DefaultVersion = version,
        Bootstrap = version is null ? "" : $"npm install --global npm@{version}",
        Environment = [],
        Cache = "/root/.npm",
        Manifests = "package.json package-lock.json .npmr[c]",
        Folders = "patche[s]",
        FoldersTarget = "patches/",
        Install = "npm ci --no-audit --no-fund",
        InstallProduction = "npm pkg delete scripts.prepare \\\n    && npm ci --omit=dev --no-audit --no-fund",
        Workspace = WorkspaceInstall.Npm,
        Run = script => ["npm", "run", script],
    };

    private static NodePackageManager Pnpm(string version) => new()
    {
        Name = "pnpm",
        LockFile = "pnpm-lock.yaml",
        DefaultVersion = version,
        Bootstrap = $"npm install --global pnpm@{version}",
        // PNPM_HOME is the one setting of the store's place that pnpm 10, 11 and 12 all read. CI: no questions without a terminal.
        // The third keeps this version, whatever the packageManager field of package.json says.
        Environment = ["PNPM_HOME=/pnpm", "CI=true", version.StartsWith("10.", StringComparison.Ordinal) ? "npm_config_manage_package_manager_versions=false" : "pnpm_config_pm_on_fail=ignore"],
        Cache = "/pnpm/store",
        Manifests = "package.json pnpm-lock.yaml pnpm-workspace.yam[l] .npmr[c] .pnpmfile.[cm]js",
        Folders = "patche[s]",
        FoldersTarget = "patches/",
        Install = "pnpm install --frozen-lockfile",
        InstallProduction = "npm pkg delete scripts.prepare \\\n    && pnpm install --prod --frozen-lockfile",
        Workspace = WorkspaceInstall.Pnpm,
        Run = script => ["pnpm", "run", script],
    };

    private static NodePackageManager Yarn(string version) => new()
    {
        Name = "yarn",
        LockFile = "yarn.lock",
        DefaultVersion = version,
        Bootstrap = $"rm -f /usr/local/bin/yarn /usr/local/bin/yarnpkg \\\n    && npm install --global @yarnpkg/cli-dist@{version}",
        // The version above counts, whatever yarnPath says; packages lie in node_modules, which production copies.
        Environment = ["YARN_IGNORE_PATH=1", "YARN_NODE_LINKER=node-modules", "YARN_ENABLE_TELEMETRY=0", "YARN_GLOBAL_FOLDER=/root/.cache/yarn"],
        Cache = "/root/.cache/yarn",
        Manifests = "package.json yarn.lock .yarnrc.ym[l]",
        Folders = ".yar[n]",
        FoldersTarget = ".yarn/",
        Install = "yarn install --immutable",
        // `focus` does not look at the lockfile's integrity: it starts from an install that did.
        InstallProduction = "yarn workspaces focus --production",
        ProductionFromInstall = true,
        Workspace = WorkspaceInstall.Yarn,
        Run = script => ["yarn", "run", script],
    };
}
