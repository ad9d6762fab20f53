using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Manifests.Editing;
using DuskStack.Manifests.Settings;
using DuskStack.Planning;

namespace DuskStack.Tests.Manifests.Editing;

/// <summary>What an addition makes of a text: the whole of it, line by line, for each form in which people write.</summary>
public sealed class EditedManifests
{
    private const string Head = "version: 1\nname: shop\n";

    private static readonly Asked Node = new(ServiceSettings.Stack, "--stack", ["node"]);
    private static readonly Asked Spa = new(ServiceSettings.Stack, "--stack", ["spa"]);

    [Fact]
    public void Service_is_written_like_the_one_above_it_with_the_gap_between_them()
    {
        Becomes(
            Web,
            "# top\nversion: 1\nname: shop\n\nservices:\n  # the API\n  api:   # ours\n    stack: node\n\n  # jobs\n  jobs:\n    stack: node\n    port: 3005\n    # - of the last entry\n\n# The database.\npostgres: {}\n",
            "# top\nversion: 1\nname: shop\n\nservices:\n  # the API\n  api:   # ours\n    stack: node\n\n  # jobs\n  jobs:\n    stack: node\n    port: 3005\n    # - of the last entry\n\n  web:\n    stack: spa\n    path: apps/web\n    needs: [api]\n    routes: [/]\n\n# The database.\npostgres: {}\n");
    }

    [Fact]
    public void Service_beside_one_in_brackets_is_in_brackets() => Becomes(
        Web,
        Head + "services:\n    api: { stack: node }  # ours\n    # b: {}\npostgres: {}",
        Head + "services:\n    api: { stack: node }  # ours\n    # b: {}\n    web: { stack: spa, path: apps/web, needs: [api], routes: [/] }\npostgres: {}");

    [Theory]
    [InlineData("services: {}  # none yet\n", "services:  # none yet\n  web:\n    stack: spa\n")]
    [InlineData("services: { }\n", "services:\n  web:\n    stack: spa\n")]
    [InlineData("services:\n  # a comment of the section\n\n# another\nci: github\n", "services:\n  # a comment of the section\n  web:\n    stack: spa\n\n# another\nci: github\n")]
    [InlineData("services: ~\nci: none\n", "services:\n  web:\n    stack: spa\nci: none\n")]
    [InlineData("postgres: {}\n", "services:\n  web:\n    stack: spa\npostgres: {}\n")]
    [InlineData("services: { api: { stack: node } }\n", "services: { api: { stack: node }, web: { stack: spa } }\n")]
    [InlineData("services: {\n  api: { stack: node }  # a # b\n}\n", "services: {\n  api: { stack: node },  # a # b\n  web: { stack: spa }\n}\n")]
    [InlineData("services: {\n  api: { stack: node, env: { A: '#' } },\n  # more\n}\n", "services: {\n  api: { stack: node, env: { A: '#' } },\n  # more\n  web: { stack: spa },\n}\n")]
    [InlineData("services:\n    api:\n      stack: node\n", "services:\n    api:\n      stack: node\n    web:\n      stack: spa\n")]
    [InlineData("images:\n    pin: tag\nservices: {}\n", "images:\n    pin: tag\nservices:\n    web:\n        stack: spa\n")]
    [InlineData("services:\n  api:\n    stack: node\n    env:\n      TEXT: |\n        # no comment\n\n        # nor this\n...\n", "services:\n  api:\n    stack: node\n    env:\n      TEXT: |\n        # no comment\n\n        # nor this\n  web:\n    stack: spa\n...\n")]
    public void Service_finds_its_place(string before, string after) => Becomes(new ServiceWish("web", [Spa]), Head + before, Head + after);

    [Theory]
    [InlineData("services:\n  api:\n    stack: node\n    port: 3000\n  b:\n    stack: node\n    port: none\n", 3001)]
    [InlineData("services:\n  api:\n    stack: node\n  b:\n    stack: node\n", 3002)]
    [InlineData("services:\n  api:\n    stack: node\n    processes: { side: { start: [node, s.js], port: 3001 } }\n", 3002)]
    public void Service_gets_a_port_that_nothing_has(string before, int port) =>
        Becomes(new ServiceWish("web", [Node]), Head + before, Head + before + $"  web:\n    stack: node\n    port: {port}\n");

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Line_ends_and_byte_order_mark_stay(string end)
    {
        var before = ("\uFEFF" + Head + "services:\n  api:\n    stack: node\n").Replace("\n", end, StringComparison.Ordinal);
        Becomes(new BackingWish(ManifestSettings.Postgres, []), before, before + $"    needs: [postgres]{end}postgres: {{ version: 17 }}{end}");
    }

    [Fact]
    public void Text_without_a_last_line_end_stays_without_one() => Becomes(
        new ServiceWish("web", [Spa]),
        Head + "services:\n  api:\n    stack: node",
        Head + "services:\n  api:\n    stack: node\n  web:\n    stack: spa");

    [Theory]
    [InlineData("    needs: [redis]   # why\n", "    needs: [redis, postgres]   # why\n")]
    [InlineData("    needs: [ redis ]\n", "    needs: [ redis, postgres ]\n")]
    [InlineData("    needs: [redis,]\n", "    needs: [redis, postgres,]\n")]
    [InlineData("    needs: []\n", "    needs: [postgres]\n")]
    [InlineData("    needs:\n", "    needs: [postgres]\n")]
    [InlineData("    needs: ~ # none\n", "    needs: [postgres] # none\n")]
    [InlineData("    \"needs\" :   # none\n", "    \"needs\" : [postgres]   # none\n")]
    [InlineData("    needs: [\n      redis,  # cache\n      api\n    ]\n", "    needs: [\n      redis,  # cache\n      api,\n      postgres\n    ]\n")]
    [InlineData("    needs: [redis,\n      api]\n", "    needs: [redis,\n      api, postgres]\n")]
    [InlineData("    needs:\n      - redis  # cache\n      # between\n      -   api\n      # behind\n    stop: 5s\n", "    needs:\n      - redis  # cache\n      # between\n      -   api\n      # behind\n      -   postgres\n    stop: 5s\n")]
    [InlineData("    needs:\n    - redis\n    # of the next key\n    stop: 5s\n", "    needs:\n    - redis\n    - postgres\n    # of the next key\n    stop: 5s\n")]
    [InlineData("    env: { A: b }\n", "    needs: [postgres]\n    env: { A: b }\n")]
    [InlineData("    port: 4000\n    # for the browser\n    env: { A: b }\n", "    port: 4000\n    needs: [postgres]\n    # for the browser\n    env: { A: b }\n")]
    [InlineData("    # at the end\n", "    # at the end\n    needs: [postgres]\n")]
    public void Need_is_added_in_the_style_of_its_list(string before, string after)
    {
        const string Rest = "  api:\n    stack: node\npostgres: {}\nredis: {}\n";
        Becomes(new BackingWish(ManifestSettings.Postgres, ["web"]), $"{Head}services:\n  web:\n    stack: node\n{before}{Rest}", $"{Head}services:\n  web:\n    stack: node\n{after}{Rest}");
    }

    [Theory]
    [InlineData("  api: { stack: node }\n", "  api: { stack: node, needs: [postgres] }\n")]
    [InlineData("  api: {stack: node, needs: [redis], routes: [/api]} # x\n", "  api: {stack: node, needs: [redis, postgres], routes: [/api]} # x\n")]
    [InlineData("  api: {\n    stack: node }\n", "  api: {\n    stack: node, needs: [postgres] }\n")]
    public void Need_is_added_within_brackets(string before, string after) =>
        Becomes(new BackingWish(ManifestSettings.Postgres, []), Head + "services:\n" + before + "postgres: {}\nredis: {}\n", Head + "services:\n" + after + "postgres: {}\nredis: {}\n");

    [Theory]
    [InlineData("services:\n  api: { stack: node }\n\npostgres: {}\n\n# Last.\nci: github\n", "services:\n  api: { stack: node, needs: [redis] }\n\npostgres: {}\n\nredis: { version: 8 }\n\n# Last.\nci: github\n")]
    [InlineData("services:\n  api: { stack: node }\nci: github\n# the end\n", "services:\n  api: { stack: node, needs: [redis] }\nredis: { version: 8 }\nci: github\n# the end\n")]
    [InlineData("ci: github\nservices:\n  api: { stack: node }\n", "ci: github\nservices:\n  api: { stack: node, needs: [redis] }\nredis: { version: 8 }\n")]
    public void Section_stands_behind_those_that_the_reference_lists_before_it(string before, string after) => Becomes(new BackingWish(ManifestSettings.Redis, []), Head + before, Head + after);

    [Fact]
    public void Manifest_of_brackets_stays_one() => Becomes(
        new BackingWish(ManifestSettings.Redis, []),
        "{\"version\": 1, \"name\": \"shop\", \"services\": {\"api\": {\"stack\": \"node\"}}}\n",
        "{\"version\": 1, \"name\": \"shop\", \"services\": {\"api\": {\"stack\": \"node\", needs: [redis]}}, redis: { version: 8 }}\n");

    [Theory]
    [InlineData("deploy:\n  host: a@b.example.com\n", "deploy:\n  host: a@b.example.com\n  ecs: { region: eu-central-1 }\n")]
    [InlineData("deploy: { host: a@b.example.com }\n", "deploy: { host: a@b.example.com, ecs: { region: eu-central-1 } }\n")]
    [InlineData("deploy: {} # later\n", "deploy: # later\n  ecs: { region: eu-central-1 }\n")]
    [InlineData("ci: github\n", "deploy:\n  ecs: { region: eu-central-1 }\nci: github\n")]
    public void Ecs_stands_below_deploy(string before, string after) => Becomes(
        new SectionWish([ManifestSettings.Deploy, DeploySettings.Ecs], [new(EcsSettings.Region, "--region", ["eu-central-1"])]), Head + "services: { api: { stack: node } }\n" + before, Head + "services: { api: { stack: node } }\n" + after);

    [Fact]
    public void List_of_what_is_extended_is_repeated_where_it_would_be_hidden()
    {
        var added = Add(new BackingWish(ManifestSettings.Postgres, []), Head + "extends: base.yaml\nservices:\n  api:\n    stack: node\n", "services:\n  api:\n    needs: [redis]\nredis: {}\npostgres: {}\n");
        Assert.Equal(Head + "extends: base.yaml\nservices:\n  api:\n    stack: node\n    needs: [redis, postgres]\n", TextOf(added));
    }

    [Theory]
    [InlineData("services:\n  api: &a\n    stack: node\n  b: *a\n", "would say something else besides")]
    [InlineData("x-api: &a { stack: node }\nservices:\n  api: *a\n", "`api` is an alias of what stands at duskstack.yaml:3:8")]
    [InlineData("x-api: &a { stack: node, needs: [redis] }\nservices:\n  api: { <<: *a }\n", "`needs` comes from another place")]
    [InlineData("services: { api: { stack: node,\n  needs: [\n  # nobody\n  ] } }\n", "unusual way")]
    [InlineData("services:\n  api:\n    stack: node\n    ? needs\n    : - redis\n", "duskstack.yaml")]
    public void Form_that_cannot_be_edited_is_refused_with_the_lines_to_write(string text, string reason)
    {
        var added = Add(new BackingWish(ManifestSettings.Postgres, ["api"]), Head + text + "redis: {}\npostgres: {}\n");
        Assert.True(added.IsRefused);
        var finding = Assert.Single(added.Findings);
        Assert.Contains(reason, $"{finding.Span} {finding.Message}", StringComparison.Ordinal);
        Assert.Contains("write it by hand, below `services: api", finding.Hint, StringComparison.Ordinal);
        Assert.EndsWith("postgres]", finding.Hint!.Replace("- postgres", "[postgres]", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Service_of_another_file_is_not_edited()
    {
        var added = Add(new BackingWish(ManifestSettings.Postgres, ["api"]), Head + "extends: base.yaml\n", "services:\n  api:\n    stack: node\n");
        Assert.Equal("base.yaml:2:3", $"{Assert.Single(added.Findings).Span}");
    }

    [Fact]
    public void What_is_there_is_named_with_its_place()
    {
        var added = Add(new BackingWish(ManifestSettings.Postgres, []), Head + "services:\n  api: { stack: node, needs: [postgres] }\npostgres: {}\n");
        Assert.Null(added.Text);
        Assert.Equal(["postgres at duskstack.yaml:5:1", "needs of api at duskstack.yaml:4:31"], added.There.Select(there => $"{there.Name} at {there.Place}"));

        added = Add(new ServiceWish("api", [Node, new(ServiceSettings.Routes, "--routes", ["/api"], IsList: true)]), Head + "services:\n  api: { stack: node, routes: [{ path: /api }, /x] }\n");
        Assert.Equal(["api at duskstack.yaml:4:3"], added.There.Select(there => $"{there.Name} at {there.Place}"));
    }

    [Fact]
    public void Name_of_something_else_is_taken()
    {
        var finding = Assert.Single(Add(new ServiceWish("api", [Spa]), Head + "services:\n  api: { stack: node }\n").Findings);
        Assert.Equal("duskstack.yaml:4:3 `api` is there already, without `stack: spa`", $"{finding.Span} {finding.Message}");
    }

    [Fact]
    public void Values_are_read_by_the_settings_own_description()
    {
        var added = Add(new ServiceWish("My Api", [new(ServiceSettings.Stack, "--stack", ["nodejs"]), new(ServiceSettings.Port, "--port", ["99999"]), new(ServiceSettings.Routes, "--routes", ["api"], IsList: true)]), Head + "services: {}\n");
        Assert.Equal(4, added.Findings.Length);
        Assert.All(added.Findings, finding => Assert.Null(finding.Span));
        Assert.Contains(added.Findings, finding => finding.Hint is { } hint && hint.StartsWith("did you mean `node`?", StringComparison.Ordinal));
        Assert.Contains(added.Findings, finding => finding.Message.StartsWith("`--port` takes", StringComparison.Ordinal));
        Assert.Contains(added.Findings, finding => finding.Hint == "did you mean `my-api`?");
    }

    [Fact]
    public void One_of_several_back_ends_has_to_be_chosen()
    {
        var finding = Assert.Single(Add(new BackingWish(ManifestSettings.Postgres, []), Head + "services:\n  api: { stack: node }\n  ml: { stack: python }\n  web: { stack: nextjs }\n").Findings);
        Assert.Equal("name those that do: `--to api`, `--to ml`", finding.Hint);
    }

    [Fact]
    public void Names_that_clash_are_a_finding_on_ecs_too()
    {
        const string Text = Head + "services:\n  c: { stack: node, processes: { worker: { start: [node, w.js] } } }\n  c-worker: { image: \"acme/other:1\" }\ndeploy:\n  ecs: {}\n";
        var generation = Generator.Run(new("duskstack.yaml", Encoding.UTF8.GetBytes(Text)), (_, _) => null, new Facts { Today = new(2026, 11, 21), Exists = null });
        Assert.Contains(generation.Diagnostics, finding => finding.Code == DiagnosticCodes.NameClash);
    }

    internal static Added Add(Wish wish, string text, string? extended = null) =>
        ManifestAdding.Add(new("duskstack.yaml", Encoding.UTF8.GetBytes(text)), (_, path) => extended is null ? null : new SourceText(path, Encoding.UTF8.GetBytes(extended)), wish);

    internal static string? TextOf(Added added) => added.Text is { } text ? Encoding.UTF8.GetString(text.Bytes.Span) : null;

    private static ServiceWish Web => new("web", [new(ServiceSettings.Routes, "--routes", ["/"], IsList: true), Spa, new(ServiceSettings.Path, "--path", ["apps/web"]), new(ServiceSettings.Needs, "--needs", ["api"], IsList: true)]);

    private static void Becomes(Wish wish, string before, string after)
    {
        var added = Add(wish, before);
        Assert.Empty(added.Findings.Select(finding => $"{finding.Span} {finding.Message}"));
        Assert.Equal(after, TextOf(added));
    }
}
