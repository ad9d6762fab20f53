using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DuskStack.Tests.Bugs.Reading;

namespace DuskStack.Tests.Bugs;

/// <summary>What goes wrong between a folder and the builder that reads it.</summary>
internal static class ContextBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new Bug.InFiles("B04", "the whole folder is copied, with packages of another system, secrets and the history", t => CopiesAll(t, (_, build, path, ignore) =>
            ignore is null ? [$"there is no {path}"] : new[] { "node_modules/left-pad/index.js", ".env", ".env.production", ".git/config", ".venv/bin/python" }.Where(f => !ignore.Ignores(f) && Concerns(build, f)).Select(f => $"{path} lets {f} in"))),

        new Bug.InFiles("B44", "an ignore file where no build looks for it", t =>
            t.Files.Keys.Where(f => f.EndsWith(".dockerignore", StringComparison.Ordinal)).Except(t.Builds.Select(b => t.IgnoreOf(b.Context, b.Dockerfile).Path)).Select(f => $"{f} is read by no build")),

        new Bug.InFiles("B45", "patterns that match at the top alone, and not in the folders of packages", t => CopiesAll(t, (_, build, path, ignore) =>
            ignore is null ? [] : new[] { "packages/shared/node_modules/left-pad/index.js", "packages/shared/.env", "src/items/__pycache__/main.pyc", "packages/shared/.git" }.Where(f => !ignore.Ignores(f) && Concerns(build, f)).Select(f => $"{path} lets {f} in"))),

        new Bug.InFiles("B46", "a README that the package's build reads is kept away from it", t => CopiesAll(t, (_, build, path, ignore) =>
            ignore is not null && build.Source.Contains("pyproject.toml", StringComparison.Ordinal) && ignore.Ignores("README.md") ? [$"{path} keeps README.md away"] : [])),

        new Bug.InFiles("B47", "tests and the container set-up itself go to the builder", t => CopiesAll(t, (_, build, path, ignore) =>
            ignore is null ? [] : new[] { "tests/test_items.py", "src/test_items.py", "src/items.test.ts", "Dockerfile", "compose.prod.yaml", ".github/workflows/containers.yml", "docs/containers.md" }.Where(f => !ignore.Ignores(f) && Concerns(build, f)).Select(f => $"{path} lets {f} in"))),

        new Bug.InFiles("B48", "a file is copied that the ignore file keeps away", t =>
            from build in t.Builds
            let ignore = t.IgnoreOf(build.Context, build.Dockerfile)
            where ignore.File is not null
            from copy in build.Dockerfile.All
            where copy.Keyword == "COPY" && copy.Option("from") is null
            from source in copy.CopySources.Select(Tree.Normal)
            // A pattern matches what is there.
            where source.Length > 0 && !Regex.IsMatch(source, @"[*?\[]") && ignore.File!.Ignores(source)
            select $"{build.Dockerfile.Path}:{copy.Line}: {ignore.Path} keeps {source} away"),
    ];

    private static IEnumerable<string> CopiesAll(Tree tree, Func<string, Dockerfile, string, IgnoreFile?, IEnumerable<string>> find) =>
        from build in tree.Builds
        where build.Dockerfile.All.Any(i => i.Keyword == "COPY" && i.Option("from") is null && i.CopySources.Any(s => s is "." or "./"))
        let ignore = tree.IgnoreOf(build.Context, build.Dockerfile)
        from finding in find(build.Context, build.Dockerfile, ignore.Path, ignore.File)
        select $"{build.Dockerfile.Path}: {finding}";

    /// <summary>True for a file that lies about in projects of the language that is built.</summary>
    private static bool Concerns(Dockerfile dockerfile, string file)
    {
        // As words of their own: a project may be called todo-uv.
        bool node = Regex.IsMatch(dockerfile.Source, @"(?<![\w-])(npm|pnpm|yarn)(?![\w-])"), python = Regex.IsMatch(dockerfile.Source, @"(?<![\w-])(pip|uv|poetry)(?![\w-])");
        return Regex.IsMatch(file, @"node_modules|\.ts$") ? node : !Regex.IsMatch(file, @"\.pyc?$|\.venv") || python;
    }
}
