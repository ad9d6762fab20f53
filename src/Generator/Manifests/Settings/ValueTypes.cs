using System.Collections.Immutable;
using System.Net;
using DuskStack.Diagnostics;

namespace DuskStack.Manifests.Settings;

/// <summary>Types that several sections share.</summary>
internal static class ValueTypes
{
    private const string Host = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";

    public static readonly BoolType Bool = new();
    public static readonly CommandType Command = new();
    public static readonly IntegerType Port = new(1, 65535);

    public static readonly SettingType<ByteSize> ContainerMemory = Memory(new(6 * ByteSize.Mebibyte), new(4096L * 1024 * ByteSize.Mebibyte));
    public static readonly SettingType<ByteSize> TransferSize = Memory(new(1024), new(1024L * 1024 * ByteSize.Mebibyte));

    public static readonly SettingType<ImageSize> ImageSize = new ConvertedType<long, ImageSize>(new ImageSizeType(new(1_000_000), new(1_000_000_000_000)), (bytes, _) => new(bytes.Value));

    public static readonly DurationType ShortDuration = new(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    public static readonly DurationType LongDuration = new(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

    /// <summary>A value that a process or a build gets: any text, kept as it is written.</summary>
    public static readonly TextType Value = new("text, a number, `true` or `false`")
    {
        AllowsLines = true,
        MaxLength = 32_000,
        WhenEmpty = "write `\"\"` for an empty value; a value that must not be seen belongs under `secrets`",
        WhenNotText = "only text can be handed over; write JSON in quotes",
    };

    /// <summary>A build argument: its line of the Dockerfile ends where the value's would.</summary>
    public static readonly TextType LineValue = new("text of one line, a number, `true` or `false`")
    {
        MaxLength = 4_000,
        WhenEmpty = "write `\"\"` for an empty value",
        WhenNotText = "only text can be handed over; write JSON in quotes",
    };

    public static readonly TextType Domain = new("a domain such as `shop.example.com`", Host)
    {
        MaxLength = 253,
        Advice = written => written.Contains("://", StringComparison.Ordinal) ? "write the domain alone, without `https://`" : null,
    };

    public static readonly TextType Registry = new("a registry and its namespace in lower case, such as `ghcr.io/acme`", "[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*")
    {
        MaxLength = 200,
        Advice = written => written.Contains("://", StringComparison.Ordinal) ? "write it without `https://`" : null,
    };

    public static readonly TextType Image = new("an image reference such as `axllent/mailpit:v1.27`",
        "[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5}/[a-z0-9]+)?([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?")
    { MaxLength = 400 };

    public static readonly TextType Email = new("an e-mail address such as `ops@example.com`", $"[A-Za-z0-9][A-Za-z0-9._%+-]*@{Host}") { MaxLength = 254 };

    public static readonly TextType HttpsUrl = new("an address that starts with `https://`", $"https://{Host}(:[0-9]{{1,5}})?(/[A-Za-z0-9._~-]+)*/?") { MaxLength = 400 };

    public static readonly TextType SshTarget = new("`user@host` or `host`", $"([a-z_][a-z0-9_-]{{0,31}}@)?{Host}") { MaxLength = 300 };

    public static readonly TextType Network = new("an address or a network such as `10.0.0.0/8`", "[0-9A-Fa-f.:]+(/[0-9]{1,3})?")
    {
        Objection = written => written.Split('/') switch
        {
            [var address] when IsAddress(address) => null,
            [var address, _] when IsAddress(address) && IPNetwork.TryParse(written, out var network) =>
                network.BaseAddress.Equals(IPAddress.Parse(address)) ? null : "the bits behind the prefix must be 0: `10.0.0.0/8`, not `10.1.2.3/8`",
            _ => "there is no such address",
        },
    };

    public static readonly TextType Version = new("a version such as `24` or `3.13`", "[0-9]{1,4}(\\.[0-9]{1,4}){0,2}")
    {
        MaxLength = 20,
        Advice = written => written is ['v' or 'V', .. var rest] ? $"did you mean {Quoted.Text(rest)}?" : "write digits and dots only; the newest patch is meant when it is left out",
    };

    /// <summary>A Debian or Alpine package, with its version when needed.</summary>
    public static readonly TextType Package = new("the name of a package, such as `ffmpeg`", "[a-z0-9][a-z0-9+.-]*(=[A-Za-z0-9.+:~-]+)?") { Code = DiagnosticCodes.BadName, MaxLength = 200 };

    /// <summary>Variables, arguments: a map from a name to its value.</summary>
    public static readonly SettingType<ImmutableArray<NamedValue>> LineValues = NamedValues(LineValue, "write a map: `CHANNEL: stable` in place of `- CHANNEL=stable`");
    public static readonly SettingType<ImmutableArray<NamedValue>> Values = NamedValues(Value, "write a map: `LOG_LEVEL: info` in place of `- LOG_LEVEL=info`");

    public static readonly SettingType<ImmutableArray<Located<string>>> Needs = Distinct(NameTypes.Service, "list the names only: `needs: [postgres, api]`");

    public static SettingType<ByteSize> Memory(ByteSize min, ByteSize max) => new ConvertedType<long, ByteSize>(new MemoryType(min, max), (bytes, _) => new(bytes.Value));

    public static SettingType<Located<T>> Located<T>(SettingType<T> type) => new ConvertedType<T, Located<T>>(type, (value, _) => value);

    /// <summary>A list of text in which nothing stands twice.</summary>
    public static ListType<Located<string>> Distinct(SettingType<string> item, string? whenNotList = null) => new(Located(item)) { Identity = value => value.Value, WhenNotList = whenNotList };

    public static MapType<NamedValue> NamedValues(SettingType<string> value, string? whenList = null, TextType? name = null) =>
        new(name ?? NameTypes.Variable, new ConvertedType<string, NamedValue>(value, (text, reading) => new(reading.Key, text))) { WhenList = whenList };

    private static bool IsAddress(string text) => IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(letter => letter == '.') == 3);
}
