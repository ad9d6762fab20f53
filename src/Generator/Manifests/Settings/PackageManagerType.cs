using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary><c>pnpm</c> or <c>pnpm@10.13.1</c>.</summary>
public sealed class PackageManagerType : SettingType<PackageManager>
{
    private static readonly ChoiceType Names = new("package manager",
        new Choice("npm", "node, nextjs, spa"), new Choice("pnpm", "node, nextjs, spa"), new Choice("yarn", "node, nextjs, spa"),
        new Choice("pip", "python"), new Choice("uv", "python"), new Choice("poetry", "python"));

    private static readonly TextType Version = new("a version such as `10.13.1`", "[0-9]{1,5}(\\.[0-9]{1,5}){0,2}(-[0-9A-Za-z.]{1,40})?");

    public override string Accepts => $"{Names.Accepts}, or one of them with a version such as `pnpm@10.13.1`";
    public override string Word => "choice[@version]";
    public override IReadOnlyList<Choice> Choices => Names.Choices;

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out PackageManager value)
    {
        value = null;
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            reading.WrongType(node, this);
            return false;
        }

        var at = scalar.Text.IndexOf('@', StringComparison.Ordinal);
        var (name, version) = at < 0 ? (scalar.Text, null) : (scalar.Text[..at], scalar.Text[(at + 1)..]);
        if (!Names.Check(name, node.Span, reading)) return false;
        if (version is not null && !Version.Matches(version))
        {
            reading.Bag.Error(DiagnosticCodes.BadValue, node.Span, $"{reading.Name} has no readable version: {node.Describe()}", $"write it as `{name}@10.13.1`, without ranges");
            return false;
        }

        value = new(name, version);
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "string",
        ["pattern"] = $"^({string.Join('|', Choices.Select(choice => choice.Value))})(@{Version.Pattern})?$",
    };
}

/// <summary><c>1000</c> or <c>1000:1000</c>.</summary>
public sealed class UserIdType : SettingType<UserId>
{
    public override string Accepts => "a numeric user such as `1000`, or user and group such as `1000:1000`";
    public override string Word => "uid[:gid]";

    public override bool TryRead(YamlNode node, Reading reading, out UserId value)
    {
        value = default;
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            reading.WrongType(node, this);
            return false;
        }

        var parts = scalar.Text.Split(':');
        var numbers = parts.Select(part => part.AsSpan().ContainsOnlyDigits() && part is not ['0', _, ..] && int.TryParse(part, out var number) ? number : -1).ToList();
        if (parts.Length > 2 || numbers.Contains(-1))
        {
            reading.Bag.Error(DiagnosticCodes.BadValue, node.Span, $"{reading.Name} takes {Accepts}, not {node.Describe()}", "names of users are known only inside an image; Kubernetes and ECS check numbers");
            return false;
        }

        if (numbers.Contains(0))
        {
            reading.Bag.Error(DiagnosticCodes.OutOfRange, node.Span, $"{reading.Name} is root, which no service may be", "leave the key out for `10001:10001`, or name the owner of your volumes");
            return false;
        }

        value = new(numbers[0], numbers[^1]);
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = int.MaxValue },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[1-9][0-9]{0,9}(:[1-9][0-9]{0,9})?$" }),
    };
}
