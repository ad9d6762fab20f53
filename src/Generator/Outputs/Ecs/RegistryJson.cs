using System.Text.Json.Serialization;
using DuskStack.Planning;
using DuskStack.Planning.Ecs;

namespace DuskStack.Outputs.Ecs;

/// <summary><c>aws ecr create-repository</c></summary>
public sealed record CreateRepository(string RepositoryName, string ImageTagMutability, ImageScanning ImageScanningConfiguration, Encryption EncryptionConfiguration, IReadOnlyList<RegistryTag> Tags)
{
    public static CreateRepository Of(Plan plan, EcsRepository repository) =>
        new(repository.Name, "IMMUTABLE", new(ScanOnPush: true), new("AES256"), [new("project", plan.Name), new("service", repository.Image)]);
}

public sealed record ImageScanning(bool ScanOnPush);

public sealed record Encryption(string EncryptionType);

/// <summary>Of ECR, where the letters are capital.</summary>
public sealed record RegistryTag([property: JsonPropertyName("Key")] string Key, [property: JsonPropertyName("Value")] string Value);

/// <summary><c>aws ecr put-lifecycle-policy</c>, which wants the policy as a text.</summary>
public sealed record PutLifecyclePolicy(string RepositoryName, string LifecyclePolicyText)
{
    public static PutLifecyclePolicy Of(EcsRepository repository) => new(repository.Name, EcsJson.Inline(new LifecyclePolicy(
    [
        new(1, "what lost its tag, or never had one", new("untagged", null, "sinceImagePushed", "days", 14), new("expire")),
        new(2, "all releases but the newest ones", new("tagged", ["*"], "imageCountMoreThan", null, repository.Releases), new("expire")),
    ])));
}

public sealed record LifecyclePolicy(IReadOnlyList<LifecycleRule> Rules);

public sealed record LifecycleRule(int RulePriority, string Description, LifecycleSelection Selection, LifecycleAction Action);

public sealed record LifecycleSelection(string TagStatus, IReadOnlyList<string>? TagPatternList, string CountType, string? CountUnit, int CountNumber);

public sealed record LifecycleAction(string Type);

/// <summary><c>aws logs create-log-group</c></summary>
public sealed record CreateLogGroup(string LogGroupName, IReadOnlyDictionary<string, string> Tags)
{
    public static CreateLogGroup Of(Plan plan, EcsTask task) => new(task.LogGroup, new SortedDictionary<string, string>(StringComparer.Ordinal) { ["project"] = plan.Name, ["service"] = task.Name });
}

/// <summary><c>aws logs put-retention-policy</c></summary>
public sealed record PutRetentionPolicy(string LogGroupName, int RetentionInDays);
