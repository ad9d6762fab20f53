using System.Globalization;
using System.Text.Json.Nodes;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>A whole number in a range, in plain decimal digits.</summary>
public sealed class IntegerType(int min, int max) : SettingType<int>
{
    public override string Accepts => min == max ? $"`{min}`" : $"a whole number from {min} to {max}";
    public override string Word => "number";

    public override bool TryRead(YamlNode node, Reading reading, out int value)
    {
        value = 0;
        var text = (node as YamlScalar)?.Text ?? "";
        if (node is not YamlScalar { IsPlain: true } || !text.AsSpan().TrimStart('-').ContainsOnlyDigits() || text is ['0', _, ..])
        {
            var quoted = node is YamlScalar { IsPlain: false } && text.AsSpan().ContainsOnlyDigits();
            reading.WrongType(node, this, quoted ? $"write it without quotes: `{text}`" : null);
            return false;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, null, out value) && value >= min && value <= max) return true;
        reading.Bag.Error(DiagnosticCodes.OutOfRange, node.Span, $"{reading.Name} takes {Accepts}, not {node.Describe()}");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max };
}

/// <summary>A number with a decimal point, in a range.</summary>
public sealed class DecimalType(decimal min, decimal max) : SettingType<decimal>
{
    public override string Accepts => $"a number from {min} to {max}";
    public override string Word => "number";

    public override bool TryRead(YamlNode node, Reading reading, out decimal value)
    {
        value = 0;
        if (node is not YamlScalar { IsPlain: true } scalar || !decimal.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, null, out value))
        {
            reading.WrongType(node, this, node is YamlScalar { IsPlain: false } quoted && decimal.TryParse(quoted.Text, out _) ? "write it without quotes" : null);
            return false;
        }

        if (value >= min && value <= max) return true;
        reading.Bag.Error(DiagnosticCodes.OutOfRange, node.Span, $"{reading.Name} takes {Accepts}, not {node.Describe()}");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "number", ["minimum"] = min, ["maximum"] = max };
}

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class BoolType : SettingType<bool>
{
    public override string Accepts => "`true` or `false`";
    public override string Word => "true/false";

    public override bool TryRead(YamlNode node, Reading reading, out bool value)
    {
        value = node is YamlScalar { Text: "true" };
        if (node is YamlScalar { IsPlain: true, Text: "true" or "false" }) return true;
        var meant = (node as YamlScalar)?.Text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" or "Y" or "1" => "true",
            "FALSE" or "NO" or "OFF" or "N" or "0" => "false",
            _ => null,
        };
        reading.WrongType(node, this, meant is null ? null : $"write `{meant}`");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
