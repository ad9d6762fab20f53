using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary>An item of <c>routes:</c></summary>
public static class RouteSettings
{
    public static readonly Setting<string> Path = new("path", PathTypes.Url) { Summary = "URL path that is passed on, with everything below it; the prefix is kept.", Example = "/api", IsRequired = true };
    public static readonly Setting<string> Host = new("host", ValueTypes.Domain) { Summary = "Domain for which the route holds.", DefaultInWords = "`proxy.domain`", Example = "admin.example.com" };
    public static readonly Setting<string> Rate = new("rate", new TextType("a rate such as `30r/m` or `5r/s`", "[1-9][0-9]{0,5}r/[sm]") { Advice = written => written.AsSpan().ContainsOnlyDigits() ? $"requests in which time? Write `{written}r/s` or `{written}r/m`" : null }) { Summary = "Requests that one client may send per second (`r/s`) or minute (`r/m`).", DefaultInWords = "no limit", Example = "30r/m" };
    public static readonly Setting<int> Burst = new("burst", new IntegerType(0, 100_000)) { Summary = "Requests above the rate that are still let through at once.", Default = "0", Example = "10" };
    public static readonly Setting<TimeSpan> ReadTimeout = new("readTimeout", ValueTypes.LongDuration) { Summary = "Time that the proxy waits for the next part of an answer.", Default = "60s", Example = "30s" };
    public static readonly Setting<ByteSize> BodySize = new("bodySize", ValueTypes.TransferSize) { Summary = "Largest request body, in binary units.", DefaultInWords = "`proxy.bodySize`", Example = "100m" };

    public static readonly OneOfType<Route> ItemType = new()
    {
        Text = new ConvertedType<string, Route>(PathTypes.Url, (path, _) => new() { Path = path }),
        Map = new ObjectType<Route>(
            new("route", "What the proxy passes on to a service.", [Path, Host, Rate, Burst, ReadTimeout, BodySize]) { Example = "routes:\n  - /api\n  - { path: /upload, rate: 30r/m, burst: 10, readTimeout: 2m, bodySize: 100m }" },
            values => new()
            {
                Path = values.Required(Path),
                Host = values.Get(Host),
                Rate = values.Get(Rate),
                Burst = values.Get(Burst),
                ReadTimeout = values.Get(ReadTimeout),
                BodySize = values.Get(BodySize),
            }),
    };

    public static readonly ListType<Route> Type = new(ItemType) { WhenNotList = "write a list: `routes: [/api]`" };
}

/// <summary>An item of <c>secrets:</c></summary>
public static class SecretSettings
{
    public static readonly Setting<string> Name = new("name", NameTypes.Variable) { Summary = "Name of the secret and of its variable.", Example = "SENTRY_DSN", IsRequired = true };
    public static readonly Setting<string> As = new("as", new ChoiceType("form", new Choice("file", "a file whose path is in the variable `<name>_FILE`"), new Choice("env", "the variable `<name>` itself, for applications that cannot read files"))) { Summary = "How the process gets the secret.", Default = "file", Example = "env" };

    public static readonly OneOfType<Secret> ItemType = new()
    {
        Text = new ConvertedType<string, Secret>(NameTypes.Variable, (name, _) => new(name, AsEnvironment: false)),
        Map = new ObjectType<Secret>(
            new("secret", "A value that never stands in an image or a committed file.", [Name, As])
            {
                OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["value"] = "values of secrets are never written here; `scripts/secrets.sh` asks for them", ["file"] = "as", ["environment"] = "as", ["source"] = "name", ["target"] = "as" }),
                Example = "secrets:\n  - OPENAI_API_KEY\n  - { name: SENTRY_DSN, as: env }",
            },
            values => new(values.Required(Name), values.Get(As)?.Value == "env")),
    };

    public static readonly ListType<Secret> Type = new(ItemType) { Identity = secret => secret.Name.Value, WhenNotList = "list the names only: `secrets: [OPENAI_API_KEY]`" };
}
