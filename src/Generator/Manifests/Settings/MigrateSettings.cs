using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary><c>migrate:</c></summary>
public static class MigrateSettings
{
    public static readonly Setting<ImmutableArray<string>> Command = new("command", ValueTypes.Command) { Summary = "Command that brings the database up to date; it runs once before the service starts.", Example = "[\"alembic\", \"upgrade\", \"head\"]", IsRequired = true };
    public static readonly Setting<string> From = new("from", new ChoiceType("stage", new Choice("image", "the service's own image"), new Choice("build", "the build stage, when the tool is a development dependency"))) { Summary = "Where the command runs.", Default = "image", Example = "build" };

    private static readonly ConvertedType<ImmutableArray<string>, MigrateSection> Short = new(ValueTypes.Command, (command, _) => new() { Command = command });

    public static readonly OneOfType<MigrateSection> Type = new()
    {
        // Text is a mistake, which the command's type explains.
        Text = Short,
        List = Short,
        Map = new ObjectType<MigrateSection>(
            new("migrate", "How the database is brought up to date.", [Command, From]) { Example = "migrate: { command: [npx, prisma, migrate, deploy], from: build }" },
            values => new() { Command = values.Required(Command), FromBuild = values.Get(From)?.Value == "build" }),
    };
}

/// <summary><c>budget:</c> of a service.</summary>
public static class ServiceBudgetSettings
{
    private static readonly DurationType Duration = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(6));

    public static readonly Setting<ImageSize> Image = new("image", ValueTypes.ImageSize) { Summary = "Largest size of the image, in decimal units as registries count (200MB is 200,000,000 bytes).", DefaultInWords = "not checked", Example = "200MB" };
    public static readonly Setting<TimeSpan> ColdBuild = new("coldBuild", Duration) { Summary = "Longest build with empty caches.", DefaultInWords = "not checked", Example = "5m" };
    public static readonly Setting<TimeSpan> WarmBuild = new("warmBuild", Duration) { Summary = "Longest build after a change of the sources only.", DefaultInWords = "not checked", Example = "1m" };
    public static readonly Setting<TimeSpan> Healthy = new("healthy", Duration) { Summary = "Longest time from the start until the service is healthy.", DefaultInWords = "not checked", Example = "2m" };

    public static readonly ObjectType<ServiceBudget> Type = new(
        new("serviceBudget", "Limits that `duskstack verify` and the generated CI hold a service to.", [Image, ColdBuild, WarmBuild, Healthy])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["memory"] = "a service's memory is limited with `resources`", ["size"] = "image", ["build"] = "coldBuild" }),
            Example = "budget: { image: 200MB, coldBuild: 5m, warmBuild: 1m, healthy: 2m }",
        },
        values => new() { Image = values.Get(Image), ColdBuild = values.Get(ColdBuild), WarmBuild = values.Get(WarmBuild), Healthy = values.Get(Healthy) });
}
