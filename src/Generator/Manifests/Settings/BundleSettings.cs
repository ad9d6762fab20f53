using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary><c>build.bundle:</c></summary>
public static class BundleSettings
{
    private static readonly TextType Package = new("the name of a package, such as `pino`, or a scope such as `@opentelemetry/*`", "(@[a-z0-9][a-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*|@[a-z0-9][a-z0-9._-]*/[*]") { MaxLength = 214 };

    public static readonly Setting<ImmutableArray<Located<string>>> External = new("external", ValueTypes.Distinct(Package)) { Summary = "Packages that cannot be bundled and stay packages: those that load others by name (logging in worker threads), and what instrumentation observes. Packages with machine code stay by themselves.", Example = "[pino, \"@opentelemetry/*\"]" };
    public static readonly Setting<ImmutableArray<Located<string>>> Scripts = new("scripts", ValueTypes.Distinct(PathTypes.Project)) { Summary = "Built scripts that the application loads by name while it runs, such as worker threads, relative to the package; those of commands are known.", Example = "[dist/thumbnails.js]" };

    public static readonly OneOfType<BundleSection> Type = new()
    {
        Text = new ConvertedType<bool, BundleSection>(ValueTypes.Bool, (on, _) => new() { On = on.Value }),
        Map = new ObjectType<BundleSection>(
            new("bundle", "What a bundle leaves out and takes in.", [External, Scripts])
            {
                OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["exclude"] = "external", ["externals"] = "external", ["entries"] = "scripts", ["entryPoints"] = "scripts" }),
                Example = "bundle: { external: [pino, \"@opentelemetry/*\"], scripts: [dist/thumbnails.js] }",
            },
            values => new() { External = values.All(External), Scripts = values.All(Scripts) }),
    };
}
