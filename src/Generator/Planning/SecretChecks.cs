using System.Text.RegularExpressions;
using DuskStack.Diagnostics;
using DuskStack.Manifests;

namespace DuskStack.Planning;

/// <summary>Values that everybody can read, under names that say that nobody should.</summary>
public static partial class SecretChecks
{
    public static void Check(Manifest manifest, DiagnosticBag bag)
    {
        foreach (Service service in manifest.Services)
        {
            foreach (NamedValue value in service.Env.Concat(service is StackService { Processes: var processes } ? processes.SelectMany(p => p.Env) : []))
            {
                if (value.Value.Value.Length > 0 && SecretName().IsMatch(value.Name.Value) && !HarmlessName().IsMatch(value.Name.Value))
                    bag.Warning(DiagnosticCodes.SecretInEnv, value.Name.Span, $"`{value.Name.Value}` looks like a secret, and the manifest is committed", $"write `secrets: [{value.Name.Value}]` and keep its value out of the repository");
            }

            foreach (NamedValue argument in service is StackService stack ? stack.Build.Args : [])
            {
                if (SecretName().IsMatch(argument.Name.Value) && !HarmlessName().IsMatch(argument.Name.Value))
                    bag.Error(DiagnosticCodes.SecretInEnv, argument.Name.Span, $"the build argument `{argument.Name.Value}` looks like a secret, and stays in the image's history", $"write `build: {{ secrets: [{argument.Name.Value}] }}`");
            }
        }
    }

    /// <summary>The words that BuildKit's SecretsUsedInArgOrEnv and hadolint's DL3064 look for.</summary>
    [GeneratedRegex("(^|_)(APIKEY|AUTH|CREDENTIALS?|KEY|PWORD|PASSWD)(_|$)|PASSWORD|SECRET|TOKEN|PRIVATE|API_KEY|CLIENT_KEY|USERNAME", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("(^|_)(PUBLIC|FILE|VERSION|URL|TTL|LENGTH|SIZE|LIMIT|ENABLED)(_|$)", RegexOptions.IgnoreCase)]
    private static partial Regex HarmlessName();
}
