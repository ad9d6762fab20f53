
namespace DuskStack.Tests.Manifests;

public class ExtendedManifests
{
    private const string Own = "extends: ../defaults.yaml\nname: shop\nservices:\n  api: { stack: node, env: { A: own } }\n";

    [Fact]
    public void Maps_merge_and_nearer_values_win()
    {
        var read = ReadResult.Of(Own, ("../defaults.yaml", "images: { registry: ghcr.io/acme }\nservices:\n  api: { env: { A: far, B: far }, needs: [postgres], replicas: 2 }\n  mail: { image: axllent/mailpit }\npostgres: { version: 16 }\n"));
        Assert.Equal("", read.Text);
        var api = read.Service("api");
        Assert.Equal("A=own B=far", string.Join(' ', api.Env.Select(value => $"{value.Name.Value}={value.Value.Value}")));
        Assert.Equal(("../defaults.yaml:3:64", 2), (api.Replicas!.Value.Span.ToString(), api.Replicas.Value.Value));
        Assert.Equal(["api", "mail"], read.Manifest!.Services.Select(service => service.Name.Value));
        Assert.Equal((16, "ghcr.io/acme", "../defaults.yaml"), (read.Manifest.Postgres!.Version?.Value, read.Manifest.Images.Registry?.Value, read.Manifest.Extends?.Value));
    }

    [Fact]
    public void Lists_are_replaced() => Assert.Equal(["redis"], ReadResult.Of("extends: a\nname: shop\nservices: { api: { stack: node, needs: [redis] } }\n", ("a", "services: { api: { needs: [postgres, mail] } }")).Service("api").Needs.Select(need => need.Value));

    [Fact]
    public void Mistakes_of_the_defaults_stand_in_their_file()
    {
        var found = ReadResult.Of(Own, ("../defaults.yaml", "proxy:\n  tsl: none\n")).Diagnostics.Single();
        Assert.Equal(("DS1101", "../defaults.yaml:2:3"), (found.Code, found.Span.ToString()));
    }

    [Fact]
    public void Defaults_may_extend_others() => Assert.Equal("ghcr.io/far", ReadResult.Of("extends: a\nname: shop\nservices: { api: { stack: node } }", ("a", "extends: b\nci: github"), ("b", "images: { registry: ghcr.io/far }")).Manifest!.Images.Registry?.Value);

    [Fact]
    public void A_section_asked_for_keeps_its_defaults() => Assert.Equal(16, ReadResult.Of("extends: a\nname: shop\nservices: { api: { stack: node } }\npostgres:\n", ("a", "postgres: { version: 16 }")).Manifest!.Postgres!.Version?.Value);

    [Fact]
    public void An_external_database_passes_over_the_defaults_of_containers() => Assert.Equal("", ReadResult.Of("extends: a\nname: shop\nservices: { api: { stack: node } }\npostgres: { external: true }\n", ("a", "postgres: { resources: { memory: 1G } }")).Text);

    [Fact]
    public void A_missing_file_is_reported_at_the_key()
    {
        var found = ReadResult.Of(Own).Diagnostics.Single();
        Assert.Equal(("DS1006", "duskstack.yaml:1:10"), (found.Code, found.Span.ToString()));
    }

    [Fact]
    public void Circles_are_reported_where_they_close()
    {
        var found = ReadResult.Of(Own, ("../defaults.yaml", "extends: b"), ("b", "extends: ../defaults.yaml")).Diagnostics.Single();
        Assert.Equal(("DS1006", "b:1:10"), (found.Code, found.Span.ToString()));
    }

    [Fact]
    public void More_than_five_files_are_too_many()
    {
        var files = Enumerable.Range(1, 9).Select(i => ($"f{i}", $"extends: f{i + 1}\n")).ToArray();
        var found = ReadResult.Of("extends: f1\nname: shop\n", files).Diagnostics.Single();
        Assert.Equal(("DS1006", "f5"), (found.Code, found.Span!.Value.File));
    }

    [Theory]
    [InlineData("https://example.com/defaults.yaml")]
    [InlineData("/etc/defaults.yaml")]
    public void Only_relative_local_files_are_extended(string path) => Assert.Equal("DS1205", ReadResult.Of($"extends: {path}\nname: shop\nservices: {{ api: {{ stack: node }} }}\n").Diagnostics.Single().Code);

    [Fact]
    public void Broken_defaults_stop_the_run() => Assert.Null(ReadResult.Of(Own, ("../defaults.yaml", "a: [")).Manifest);
}
