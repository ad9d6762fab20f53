using System.Text.Json;

namespace DuskStack.Tests;

public sealed class Settings
{
    [Fact]
    public async Task A_setting_is_described_in_a_few_lines()
    {
        var called = await CommandLine.CallAsync("schema services.api.port");
        Assert.Equal(0, called.Exit);
        Assert.StartsWith("services.*.port", called.Out, StringComparison.Ordinal);
        Assert.Contains("Default:", called.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_setting_is_a_usage_error_with_the_nearest_one()
    {
        var called = await CommandLine.CallAsync("schema postgress");
        Assert.Equal((64, ""), (called.Exit, called.Out));
        Assert.Contains("did you mean `postgres`?", called.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_is_printed_for_programs()
    {
        using var line = CommandLine.WithManifest();
        var called = await line.RunAsync("explain --json");
        using var plan = JsonDocument.Parse(called.Out);
        Assert.Equal("shop", plan.RootElement.GetProperty("name").GetString());
        Assert.NotEmpty(plan.RootElement.GetProperty("containers").EnumerateArray());
    }
}
