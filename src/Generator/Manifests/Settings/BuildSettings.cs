using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary><c>build:</c></summary>
public static class BuildSettings
{
    public static readonly Setting<ImmutableArray<string>> Command = new("command", new CommandType { AllowsEmpty = true }) { Summary = "Command that builds the application; `[]` when there is nothing to build. Within a `workspace` of npm, pnpm or yarn it runs at the root and builds the packages that the service needs as well, for example with turbo or nx.", DefaultInWords = "the stack's own", Example = "[\"npm\", \"run\", \"build\"]" };

    public static readonly Setting<ImmutableArray<Located<string>>> Output = new("output", new OneOfType<ImmutableArray<Located<string>>>
    {
        Text = new ConvertedType<string, ImmutableArray<Located<string>>>(PathTypes.Project, (path, _) => [path]),
        List = ValueTypes.Distinct(PathTypes.Project),
    })
    { Summary = "Files and folders that production needs, relative to the package: what the build made, and sources such as migrations.", DefaultInWords = "the stack's own", Example = "dist" };

    public static readonly Setting<ImmutableArray<Located<string>>> Install = new("install", ValueTypes.Distinct(PathTypes.Project)) { Summary = "Files and folders that scripts of the package manager's install read, relative to the package (within a `workspace`: to any package, and to the root), such as a schema that a client is generated from.", Example = "[prisma]" };
    public static readonly Setting<BundleSection> Bundle = new("bundle", BundleSettings.Type) { Summary = "Whether the build puts all dependencies into its output, so that production needs no packages beside it; for node services.", Default = "false", Example = "true" };
    public static readonly Setting<ImmutableArray<NamedValue>> Args = new("args", ValueTypes.LineValues) { Summary = "Build arguments; everybody can read them in the image's history.", Example = "{ SITE_NAME: Shop }" };
    public static readonly Setting<ImmutableArray<Located<string>>> Secrets = new("secrets", ValueTypes.Distinct(NameTypes.Variable, "list the names only: `secrets: [NPM_TOKEN]`")) { Summary = "Secrets that the build may read, by name; they are mounted while a step runs and never stored.", Example = "[NPM_TOKEN]" };
    public static readonly Setting<string> Ca = new("ca", PathTypes.Project) { Summary = "PEM file of a company's certificate authority that the build and the service trust, relative to `path`.", Example = "certs/acme.pem" };

    public static readonly Setting<ImmutableArray<Located<string>>> BuildPackages = new("build", ValueTypes.Distinct(ValueTypes.Package)) { Summary = "System packages that only the build needs, such as a compiler.", Example = "[g++]" };
    public static readonly Setting<ImmutableArray<Located<string>>> RuntimePackages = new("runtime", ValueTypes.Distinct(ValueTypes.Package)) { Summary = "System packages that the running service needs.", Example = "[ffmpeg]" };

    public static readonly Setting<BuildSection> Packages = new("packages", new ObjectType<BuildSection>(
        new("packages", "Packages of the base image's distribution.", [BuildPackages, RuntimePackages]) { Example = "packages: { build: [g++], runtime: [ffmpeg] }" },
        values => new() { BuildPackages = values.All(BuildPackages), RuntimePackages = values.All(RuntimePackages) }))
    { Summary = "Packages of the base image's distribution." };

    public static readonly ObjectType<BuildSection> Type = new(
        new("build", "How the image of a service is built.", [Command, Output, Install, Bundle, Args, Secrets, Packages, Ca])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["context"] = "the build context is the service's `path`", ["dockerfile"] = "`dockerfile` belongs to the service, in place of `stack`", ["arguments"] = "args", ["target"] = "the stages are DuskStack's; delete it" }),
            Example = "build: { command: [npm, run, build], output: dist, secrets: [NPM_TOKEN], packages: { runtime: [ffmpeg] } }",
        },
        values => (values.Get(Packages)?.Value ?? new()) with
        {
            Command = values.Get(Command),
            Output = values.All(Output),
            Install = values.All(Install),
            Bundle = values.Get(Bundle),
            Args = values.All(Args),
            Secrets = values.All(Secrets),
            Ca = values.Get(Ca),
        });
}
