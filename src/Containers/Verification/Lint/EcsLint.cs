using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DuskStack.Containers.Verification.Lint;

/// <summary>The files of <c>ecs/</c>.</summary>
public static class EcsLint
{
    /// <summary>The command of each file, by its name.</summary>
    private static readonly Dictionary<string, string[]> Commands = new(StringComparer.Ordinal)
    {
        ["task-definition"] = ["ecs", "register-task-definition"],
        ["service"] = ["ecs", "create-service"],
        ["service-update"] = ["ecs", "update-service"],
        ["run-task"] = ["ecs", "run-task"],
        ["repository"] = ["ecr", "create-repository"],
        ["lifecycle-policy"] = ["ecr", "put-lifecycle-policy"],
        ["log-group"] = ["logs", "create-log-group"],
        ["log-retention"] = ["logs", "put-retention-policy"],
    };

    public static async IAsyncEnumerable<Finding> Rules(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (string path in project.Paths(p => IsOurs(p) && Path.GetFileName(p) == "task-definition.json"))
            yield return new(path, Judge(await File.ReadAllTextAsync(project.At(path), cancellation)));
    }

    public static async IAsyncEnumerable<Finding> Cli(LintedProject project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] paths = [.. project.Paths(p => IsOurs(p) && Commands.ContainsKey(Path.GetFileNameWithoutExtension(p)))];
        if (paths.Length == 0)
            yield break;
        if (!await Tool.IsInstalled("aws", cancellation))
        {
            yield return new("ecs", Verdict.NotRun("the AWS CLI is not installed"));
            yield break;
        }

        foreach (string path in paths)
            yield return new(path, await Ask(project, path, cancellation));
    }

    private static bool IsOurs(string path) => path.StartsWith("ecs/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal);

    private static Verdict Judge(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            string[] broken = [.. EcsRules.Broken(document.RootElement)];
            return broken.Length == 0 ? Verdict.Passed($"cpu {document.RootElement.Text("cpu")}, memory {document.RootElement.Text("memory")}") : Verdict.Failed(string.Join("; ", broken));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Verdict.Failed($"it is no task definition: {e.Message}");
        }
    }

    /// <summary>It sends what it accepts, and nobody listens; what it does not accept it never sends.</summary>
    private static async Task<Verdict> Ask(LintedProject project, string path, CancellationToken cancellation)
    {
        ProcessCall call = new("aws", [.. Commands[Path.GetFileNameWithoutExtension(path)], "--cli-input-json", $"file://{project.At(path)}", "--endpoint-url", "http://127.0.0.1:9"])
        {
            Environment = new KeyValuePair<string, string?>[]
            {
                new("AWS_ACCESS_KEY_ID", "x"), new("AWS_SECRET_ACCESS_KEY", "x"), new("AWS_SESSION_TOKEN", null), new("AWS_PROFILE", null), new("AWS_DEFAULT_REGION", "eu-central-1"),
                new("AWS_MAX_ATTEMPTS", "1"), new("AWS_PAGER", ""), new("AWS_EC2_METADATA_DISABLED", "true"), new("AWS_CONFIG_FILE", "/dev/null"), new("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            }.ToImmutableDictionary(),
        };
        ProcessOutcome outcome = await call.Run(cancellation);
        return outcome.Errors.Contains("Could not connect to the endpoint URL", StringComparison.Ordinal)
            ? Verdict.Passed("accepted")
            : Verdict.Failed($"the AWS CLI says: {Tool.LastLine(outcome.Errors)}") with { Details = outcome.Errors.Trim() };
    }
}
