using System.Collections.Immutable;

namespace DuskStack.Stacks.Node;

/// <summary>How one package manager installs what a package of a workspace needs, and nothing for the others.</summary>
public sealed record WorkspaceInstall
{
    /// <summary>JavaScript: the folders of all members, out of the text of the lockfile in <c>lock</c>. Lockfiles know them without patterns to resolve.</summary>
    public required string Members { get; init; }

    /// <summary>What the install reads beside the lockfile and the package.json files, relative to the root; none of it has to exist.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>True when the lockfile counts as outdated without the package.json files of all members.</summary>
    public bool WantsAllMembers { get; init; }

    /// <summary>
    /// True when production is installed from package.json files without development dependencies: npm's own filter also takes what a
    /// production dependency of one member has in common with a development dependency of another.
    /// </summary>
    public bool StripsDevelopment { get; init; }

    /// <summary>True when members are named in the command, by <c>/tmp/focus</c>.</summary>
    public bool NamesMembers { get; init; }

    /// <summary>True when members may be copied into node_modules, where their builds come too late for them.</summary>
    public bool CopiesMembers { get; init; }
    public required string Install { get; init; }
    public required string InstallProduction { get; init; }

    /// <summary>Builds the member in the folder <c>$folder</c>.</summary>
    public required string Build { get; init; }

    /// <summary>Packs a member as for a registry, into <c>/tmp/packed</c>; each manager applies its own <c>publishConfig</c>.</summary>
    public required ImmutableArray<string> Pack { get; init; }

    public static WorkspaceInstall Npm { get; } = new()
    {
        Members = @"Object.keys(JSON.parse(lock).packages).filter((folder) => folder && !/(^|\/)node_modules\//.test(folder))",
        Files = [".npmrc", "patches"],
        StripsDevelopment = true,
        Install = "npm ci --no-audit --no-fund",
        InstallProduction = "npm ci --omit=dev --no-audit --no-fund",
        Build = "npm --prefix \"$folder\" run build",
        Pack = ["npm", "pack", "--pack-destination", "/tmp/packed"],
    };

    public static WorkspaceInstall Pnpm { get; } = new()
    {
        Members = @"(lock.match(/^importers:\n(?:\n| .*\n)*/gm) ?? []).flatMap((part) => [...part.matchAll(/^ {2}'?([^\s':]+)'?:/gm)]).map((match) => match[1])",
        Files = ["pnpm-workspace.yaml", ".npmrc", ".pnpmfile.cjs", ".pnpmfile.mjs", "patches"],
        CopiesMembers = true,
        Install = "pnpm install --frozen-lockfile",
        InstallProduction = "pnpm install --prod --frozen-lockfile",
        Build = "pnpm --dir \"$folder\" run build",
        Pack = ["pnpm", "pack", "--pack-destination", "/tmp/packed"],
    };

    // `focus` does not compare the lockfile with the package.json files; the command before it does, and unpacks nothing.
    public static WorkspaceInstall Yarn { get; } = new()
    {
        Members = @"[...lock.matchAll(/^ {2}resolution: "".+@workspace:(.+)""$/gm)].map((match) => match[1])",
        Files = [".yarnrc.yml", ".yarn"],
        WantsAllMembers = true,
        NamesMembers = true,
        Install = "YARN_NODE_LINKER=pnp yarn install --immutable --mode=skip-build \\\n    && xargs yarn workspaces focus < /tmp/focus",
        InstallProduction = "YARN_NODE_LINKER=pnp yarn install --immutable --mode=skip-build \\\n    && xargs yarn workspaces focus --production < /tmp/focus",
        Build = "yarn --cwd \"$folder\" run build",
        Pack = ["yarn", "pack", "--out", "/tmp/packed/package.tgz"],
    };
}
