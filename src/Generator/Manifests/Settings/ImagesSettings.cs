using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary><c>images:</c></summary>
public static class ImagesSettings
{
    public static readonly Setting<string> Registry = new("registry", ValueTypes.Registry) { Summary = "Registry and namespace to which images are pushed.", DefaultInWords = "none: images stay local", Example = "ghcr.io/acme" };
    public static readonly Setting<string> Pin = new("pin", new ChoiceType("pin", new Choice("tag", "by tag, so that patches arrive with every build"), new Choice("digest", "by digest, kept in `duskstack.lock`"))) { Summary = "How base images are pinned.", Default = "tag", Example = "digest" };
    public static readonly Setting<ImmutableArray<Located<string>>> Platforms = new("platforms", ValueTypes.Distinct(new ChoiceType("platform", new Choice("linux/amd64", "Intel and AMD"), new Choice("linux/arm64", "ARM")))) { Summary = "Platforms that images are built for.", DefaultInWords = "the builder's own", Example = "[linux/amd64, linux/arm64]" };
    public static readonly Setting<string> Mirror = new("mirror", ValueTypes.Registry) { Summary = "Registry from which base images are pulled in place of Docker Hub.", DefaultInWords = "none", Example = "mirror.acme.example" };

    public static readonly ObjectType<ImagesSection> Type = new(
        new("images", "What holds for all images.", [Registry, Pin, Platforms, Mirror])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["platform"] = "platforms", ["repository"] = "registry", ["proxy"] = "mirror" }),
            Example = "images: { registry: ghcr.io/acme, pin: digest, platforms: [linux/amd64, linux/arm64] }",
        },
        values => new() { Registry = values.Get(Registry), Pin = values.Get(Pin), Platforms = values.All(Platforms), Mirror = values.Get(Mirror) });
}

/// <summary><c>budget:</c> of the whole stack.</summary>
public static class StackBudgetSettings
{
    private static readonly SettingType<ByteSize> Sum = ValueTypes.Memory(new(16 * ByteSize.Mebibyte), new(16L * 1024 * 1024 * ByteSize.Mebibyte));

    public static readonly Setting<ByteSize> Limits = new("limits", Sum) { Summary = "Largest sum of memory limits in production: limit times replicas of what runs all the time, without monitoring.", DefaultInWords = "not checked", Example = "3G" };
    public static readonly Setting<ByteSize> Reserve = new("reserve", Sum) { Summary = "Largest sum of reserved memory in production.", DefaultInWords = "not checked", Example = "2G" };
    public static readonly Setting<ByteSize> Memory = new("memory", Sum) { Summary = "Most memory that `duskstack verify` may measure at rest.", DefaultInWords = "not checked", Example = "1G" };

    public static readonly ObjectType<StackBudget> Type = new(
        new("budget", "Memory that the whole of production may take, in binary units.", [Limits, Reserve, Memory])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["limit"] = "limits", ["reservations"] = "reserve", ["image"] = "image sizes are a service's: `services: { api: { budget: { image: 200MB } } }`" }),
            Example = "budget: { limits: 3G, reserve: 2G, memory: 1G }",
        },
        values => new() { Limits = values.Get(Limits), Reserve = values.Get(Reserve), Memory = values.Get(Memory) });
}
