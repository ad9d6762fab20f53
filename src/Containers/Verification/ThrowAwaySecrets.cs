using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification;

/// <summary>A value for every secret of a project, made for one run. What only the user has is taken from the environment where it is set, as scripts/secrets.sh does; but never the address of a database.</summary>
/// <param name="Files">Of <c>secrets/</c>, by name.</param>
/// <param name="Builds">Build secrets, by their id.</param>
/// <param name="Decoy">Lies about where real projects have their <c>.env</c>.</param>
public sealed record ThrowAwaySecrets(ImmutableDictionary<string, string> Files, ImmutableDictionary<string, string> Builds, string Decoy)
{
    /// <summary>Shorter ones would be found by chance.</summary>
    private const int LeastLength = 8;

    public static ThrowAwaySecrets Of(Plan plan)
    {
        var files = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (SecretPlan secret in plan.Secrets)
        {
            files[secret.Name] = secret.Origin switch
            {
                SecretOrigin.Derived derived => derived.Before + (derived.Json ? files[derived.Secret] : Uri.EscapeDataString(files[derived.Secret])) + derived.After,
                SecretOrigin.User => plan.Substitutes.FirstOrDefault(s => s.Secret == secret.Name)?.Url ?? OfUser(secret.Name),
                _ => Random(),
            };
        }

        return new(files.ToImmutable(), plan.BuildSecrets.ToImmutableDictionary(s => s, OfUser), Random());
    }

    /// <summary>What must not be in an image, by what messages call it.</summary>
    public ImmutableArray<(string Name, byte[] Value)> Needles =>
    [
        .. Files.Select(f => ($"the secret {f.Key}", Encoding.UTF8.GetBytes(f.Value))).Where(n => n.Item2.Length >= LeastLength),
        .. Builds.Select(b => ($"the build secret {b.Key}", Encoding.UTF8.GetBytes(b.Value))).Where(n => n.Item2.Length >= LeastLength),
        ("a file .env", Encoding.UTF8.GetBytes(Decoy)),
    ];

    /// <summary>Writes the secret files, and a <c>.env</c> into every build context that is not the project's own folder.</summary>
    public void Write(ProjectCopy copy, Plan plan)
    {
        foreach ((string name, string value) in Files)
            Write(copy.At($"secrets/{name}"), value);
        foreach (string context in plan.Images.Select(i => i.Context).Distinct())
        {
            string file = copy.At(context == "." ? ".env" : $"{context}/.env");
            if (!File.Exists(file) && Directory.Exists(Path.GetDirectoryName(file)))
                File.WriteAllText(file, $"DUSKSTACK_VERIFY={Decoy}\n");
        }
    }

    /// <summary>Readable for every container's user, as production's are.</summary>
    public static void Write(string path, string value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, value);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    public static string Random() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32);

    public static string OfUser(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? given
        : name.EndsWith("_URL", StringComparison.Ordinal) ? $"https://verify.invalid/{Random()}"
        : Random();
}
