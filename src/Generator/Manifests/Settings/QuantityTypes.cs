using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DuskStack.Diagnostics;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Settings;

/// <summary>A value with a unit, in a range.</summary>
/// <param name="min">The least accepted value.</param>
/// <param name="max">The greatest accepted value.</param>
public abstract class QuantityType<T>(T min, T max) : SettingType<T>
    where T : struct, IComparable<T>
{
    public override string Accepts => $"{Noun} from {Write(min)} to {Write(max)}";
    public override string Word => Noun[(Noun.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(',', ' ')[0];

    /// <summary>What it is, with an example of the form.</summary>
    protected abstract string Noun { get; }

    /// <summary>The form as a regular expression for editors.</summary>
    protected abstract string Pattern { get; }

    /// <summary>Null when the text does not have the form.</summary>
    protected abstract T? Parse(string text);

    protected abstract string Write(T value);

    /// <summary>The unit to propose for a bare number.</summary>
    protected abstract string CommonUnit { get; }

    public override bool TryRead(YamlNode node, Reading reading, out T value)
    {
        value = default;
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            reading.WrongType(node, this);
            return false;
        }

        if (Parse(scalar.Text) is not { } parsed)
        {
            reading.Bag.Error(DiagnosticCodes.BadValue, node.Span, $"{reading.Name} takes {Accepts}, not {node.Describe()}",
                scalar.Text.AsSpan().ContainsOnlyDigits() && scalar.Text.Length < 10 ? $"a unit is missing; did you mean `{scalar.Text}{CommonUnit}`?" : null);
            return false;
        }

        if (parsed.CompareTo(min) < 0 || parsed.CompareTo(max) > 0)
        {
            reading.Bag.Error(DiagnosticCodes.OutOfRange, node.Span, $"{reading.Name} takes {Accepts}, not {node.Describe()}");
            return false;
        }

        value = parsed;
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = $"^{Pattern}$" };
}

/// <summary>A duration as Compose writes it: <c>1m30s</c>; units in falling order, each once.</summary>
public sealed partial class DurationType(TimeSpan min, TimeSpan max) : QuantityType<TimeSpan>(min, max)
{
    protected override string Noun => "a duration such as `1m30s`,";
    protected override string Pattern => "(?=.)([0-9]{1,5}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,8}s)?([0-9]{1,9}ms)?";
    protected override string CommonUnit => "s";

    protected override TimeSpan? Parse(string text)
    {
        var match = Form().Match(text);
        if (text.Length == 0 || !match.Success) return null;
        var number = (int group) => match.Groups[group].Success ? long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromMilliseconds((((((((number(1) * 24) + number(2)) * 60) + number(3)) * 60) + number(4)) * 1000) + number(5));
    }

    protected override string Write(TimeSpan value) => DurationText.Write(value);

    [GeneratedRegex(@"\A(?:([0-9]{1,5})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,8})s)?(?:([0-9]{1,9})ms)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>Memory as Compose writes it, in binary units: <c>256M</c> is 256 MiB. <c>256m</c>, <c>256mb</c> and <c>256MiB</c> mean the same.</summary>
public sealed partial class MemoryType(ByteSize min, ByteSize max) : QuantityType<long>(min.Bytes, max.Bytes)
{
    protected override string Noun => "memory such as `256M`, binary,";
    protected override string Pattern => "[0-9]{1,12}(\\.[0-9]{1,3})?([bB]|[kKmMgG]([iI]?[bB])?)";
    protected override string CommonUnit => "M";

    protected override long? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) return null;
        var factor = char.ToUpperInvariant(match.Groups[2].ValueSpan[0]) switch { 'K' => 1024L, 'M' => ByteSize.Mebibyte, 'G' => 1024 * ByteSize.Mebibyte, _ => 1L };
        return (long)(decimal.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * factor) is var bytes and > 0 ? bytes : 0;
    }

    protected override string Write(long value) => new ByteSize(value).ToString();

    [GeneratedRegex(@"\A([0-9]{1,9}(?:\.[0-9]{1,3})?|[0-9]{1,12})([bB]|[kKmMgG](?:[iI]?[bB])?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

/// <summary>The size of an image in decimal units, as registries count: <c>200MB</c> is 200,000,000 bytes.</summary>
public sealed partial class ImageSizeType(ImageSize min, ImageSize max) : QuantityType<long>(min.Bytes, max.Bytes)
{
    protected override string Noun => "size such as `200MB`, decimal,";
    protected override string Pattern => "[0-9]{1,9}(\\.[0-9]{1,3})?[kKmMgG][bB]";
    protected override string CommonUnit => "MB";

    protected override long? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) return null;
        var factor = char.ToUpperInvariant(match.Groups[2].ValueSpan[0]) switch { 'K' => 1_000L, 'M' => 1_000_000, _ => 1_000_000_000 };
        return (long)(decimal.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * factor);
    }

    protected override string Write(long value) => new ImageSize(value).ToString();

    [GeneratedRegex(@"\A([0-9]{1,9}(?:\.[0-9]{1,3})?)([kKmMgG][bB])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
