using System.Collections.Immutable;

namespace DuskStack.Manifests.Settings;

/// <summary><c>deploy:</c></summary>
public static class DeploySettings
{
    public static readonly Setting<string> Host = new("host", ValueTypes.SshTarget) { Summary = "The one machine that production runs on, reached by ssh.", DefaultInWords = "none", Example = "deploy@shop.example.com" };
    public static readonly Setting<EcsSection> Ecs = new("ecs", EcsSettings.Type) { Summary = "Amazon ECS on Fargate." };

    public static readonly ObjectType<DeploySection> Type = new(
        new("deploy", "Where production runs.", [Host, Ecs])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["resources"] = "`resources` belongs to a service", ["replicas"] = "`replicas` belongs to a service", ["aws"] = "ecs", ["server"] = "host", ["ssh"] = "host" }),
            Example = "deploy: { host: deploy@shop.example.com }",
        },
        values => new() { Key = values.Key, Host = values.Get(Host), Ecs = values.Get(Ecs)?.Value });
}

/// <summary><c>deploy.ecs:</c></summary>
public static class EcsSettings
{
    private static readonly TextType RegionType = new("an AWS region such as `eu-central-1`", "[a-z]{2,3}(-[a-z]+){1,3}-[0-9]{1,2}");
    private static readonly TextType Subnet = new("a subnet such as `subnet-0a1b2c3d`", "subnet-[0-9a-f]{8,17}");
    private static readonly TextType SecurityGroup = new("a security group such as `sg-0a1b2c3d`", "sg-[0-9a-f]{8,17}");
    private static readonly TextType Role = new("the ARN of a role, such as `arn:aws:iam::123456789012:role/shop`", "arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}");
    private static readonly TextType TargetGroup = new("the ARN of a target group", "arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}");

    public static readonly Setting<string> Region = new("region", RegionType) { Summary = "AWS region.", DefaultInWords = "a placeholder that the deploy script refuses", Example = "eu-central-1" };
    public static readonly Setting<string> Cluster = new("cluster", NameTypes.Cluster) { Summary = "ECS cluster.", DefaultInWords = "the manifest's `name`", Example = "shop" };
    public static readonly Setting<string> Architecture = new("architecture", new ChoiceType("architecture", new Choice("arm64", "Graviton"), new Choice("amd64", "Intel and AMD"))
    {
        OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["x86_64"] = "amd64", ["x86-64"] = "amd64", ["x64"] = "amd64", ["aarch64"] = "arm64", ["arm"] = "arm64" }),
    })
    { Summary = "Processor that the tasks run on; images are built for it.", Default = "amd64", Example = "arm64" };
    public static readonly Setting<string> Secrets = new("secrets", new ChoiceType("store of secrets", new Choice("ssm", "parameters of Systems Manager"), new Choice("secretsmanager", "Secrets Manager")) { Nouns = "stores of secrets" }) { Summary = "Where the values of secrets are kept.", Default = "ssm", Example = "secretsmanager" };
    public static readonly Setting<ImmutableArray<Located<string>>> Subnets = new("subnets", ValueTypes.Distinct(Subnet)) { Summary = "Subnets of the tasks.", DefaultInWords = "a placeholder", Example = "[subnet-0a1b2c3d4e5f60718]" };
    public static readonly Setting<ImmutableArray<Located<string>>> SecurityGroups = new("securityGroups", ValueTypes.Distinct(SecurityGroup)) { Summary = "Security groups of the tasks.", DefaultInWords = "a placeholder", Example = "[sg-0a1b2c3d4e5f60718]" };
    public static readonly Setting<string> ExecutionRole = new("executionRole", Role) { Summary = "Role by which ECS pulls images and reads secrets.", DefaultInWords = "a placeholder", Example = "arn:aws:iam::123456789012:role/shop-execution" };
    public static readonly Setting<string> TaskRole = new("taskRole", Role) { Summary = "Role of the application itself.", DefaultInWords = "none", Example = "arn:aws:iam::123456789012:role/shop-task" };
    public static readonly Setting<ImmutableArray<NamedValue>> TargetGroups = new("targetGroups", ValueTypes.NamedValues(TargetGroup, name: NameTypes.Service)) { Summary = "Target groups of load balancers, by service.", Example = "{ api: \"arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-api/0123456789abcdef\" }" };

    public static readonly ObjectType<EcsSection> Type = new(
        new("ecs", "Task definitions and services for Amazon ECS on Fargate; account facts left out become placeholders that the deploy script refuses.",
            [Region, Cluster, Architecture, Secrets, Subnets, SecurityGroups, ExecutionRole, TaskRole, TargetGroups])
        {
            OtherWords = ImmutableDictionary.CreateRange(new Dictionary<string, string> { ["executionRoleArn"] = "executionRole", ["taskRoleArn"] = "taskRole", ["cpuArchitecture"] = "architecture", ["platform"] = "architecture" }),
            MayBeEmpty = true,
            Example = "deploy:\n  ecs: { region: eu-central-1, cluster: shop, architecture: arm64, secrets: ssm }",
        },
        values => new()
        {
            Region = values.Get(Region),
            Cluster = values.Get(Cluster),
            Architecture = values.Get(Architecture),
            Secrets = values.Get(Secrets),
            Subnets = values.All(Subnets),
            SecurityGroups = values.All(SecurityGroups),
            ExecutionRole = values.Get(ExecutionRole),
            TaskRole = values.Get(TaskRole),
            TargetGroups = values.All(TargetGroups),
        });
}
