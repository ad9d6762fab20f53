using System.Globalization;
using DuskStack.Containers.Tests.Generated;
using Xunit;

namespace DuskStack.Containers.Tests.Ecs;

/// <summary>Every file of <c>ecs/</c>, read by the models of botocore and by the AWS CLI. Neither knows what Fargate takes together: that is for the tests of the generator.</summary>
public sealed class Aws_reads_what_is_generated : IDisposable
{
    /// <summary>A file that AWS would refuse, and the word that says why.</summary>
    private static readonly (string File, string Before, string After, string Finding)[] Mistakes =
    [
        ("task-definition", "\"family\"", "\"Family\"", "family"),
        ("task-definition", "\"cpu\": \"1024\"", "\"cpu\": 1024", "cpu"),
        ("task-definition", "readonlyRootFilesystem", "readOnlyRootFilesystem", "readOnlyRootFilesystem"),
        ("lifecycle-policy", "\"lifecyclePolicyText\": \"", "\"lifecyclePolicyText\": {}, \"x\": \"", "lifecyclePolicyText"),
        ("service", "\"desiredCount\": 1", "\"desiredCount\": \"1\"", "desiredCount"),
    ];

    /// <summary>Right names and types, wrong values: only the walk finds them.</summary>
    private static readonly (string File, string Before, string After, string Finding)[] Values =
    [
        ("task-definition", "\"awsvpc\"", "\"foo\"", "networkMode"),
        ("task-definition", "\"X86_64\"", "\"ARM\"", "cpuArchitecture"),
        ("task-definition", "\"awslogs\"", "\"cloudwatch\"", "logDriver"),
        ("service", "\"FARGATE\"", "\"LAMBDA\"", "launchType"),
        ("repository", "\"repositoryName\": \"mole-", "\"repositoryName\": \"Mole--", "repositoryName"),
        ("repository", "\"IMMUTABLE\"", "\"FIXED\"", "imageTagMutability"),
    ];

    private readonly TestFolder folder = new("ecs-files");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineFact]
    [ProvesEveryCase("ecs")]
    public async Task Botocore_accepts_every_file()
    {
        int files = WriteAll();
        Assert.Equal($"{files} files, 0 problems\n", (await Botocore()).Output);
    }

    [EngineFact]
    public async Task Botocore_finds_every_mistake()
    {
        await Prove([.. Mistakes, .. Values], Botocore);
    }

    [Fact]
    [ProvesEveryCase("ecs")]
    public async Task The_cli_accepts_every_file()
    {
        SkipWithoutCli();
        int files = WriteAll();
        Assert.Equal($"{files} files, 0 problems\n", (await Cli()).Output);
    }

    [Fact]
    public async Task The_cli_finds_wrong_names_and_types()
    {
        SkipWithoutCli();
        await Prove(Mistakes, Cli);
    }

    public void Dispose() => folder.Dispose();

    private int WriteAll()
    {
        int files = 0;
        foreach (GeneratedTree tree in GeneratedTree.All)
        {
            using TestFolder written = tree.Write();
            foreach (string file in GeneratedTree.Files(written, "*.json").Where(f => f.StartsWith("ecs/", StringComparison.Ordinal)))
            {
                folder.Write($"{tree.Name.Replace(' ', '-')}/{file}", File.ReadAllText(written[file]));
                files++;
            }
        }

        Assert.True(files > 50, $"only {files} files");
        return files;
    }

    private async Task Prove((string File, string Before, string After, string Finding)[] mistakes, Func<Task<ProcessOutcome>> read)
    {
        using TestFolder tree = GeneratedTree.Named("snapshot ecs-nothing-given");
        using TestFolder other = GeneratedTree.Named("snapshot ecs-secretsmanager");
        for (int i = 0; i < mistakes.Length; i++)
        {
            (string file, string before, string after, _) = mistakes[i];
            string right = await File.ReadAllTextAsync((before.Contains("mole", StringComparison.Ordinal) ? other : tree)[$"ecs/api/{file}.json"], Cancellation);
            string wrong = right.Replace(before, after, StringComparison.Ordinal);
            Assert.NotEqual(right, wrong);
            folder.Write(string.Create(CultureInfo.InvariantCulture, $"{i:00}/{file}.json"), wrong);
        }

        ProcessOutcome found = await read();
        Assert.Equal(1, found.ExitCode);
        for (int i = 0; i < mistakes.Length; i++)
            Assert.Contains(found.Output.Split('\n'), line => line.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{i:00}/"), StringComparison.Ordinal) && found.Output.Contains(mistakes[i].Finding, StringComparison.Ordinal));
    }

    private async Task<ProcessOutcome> Botocore()
    {
        folder.Write("read.py", await File.ReadAllTextAsync(Path.Combine(EcsProject.Here(), "botocore_reads.py"), Cancellation));
        return await TestEngine.Shared.Docker("run", "--rm", "--network=none", "--volume", $"{folder.Path}:/files:ro", await AwsImage.Build(Cancellation), "python", "/files/read.py", "/files").Run(Cancellation);
    }

    private Task<ProcessOutcome> Cli() => new ProcessCall("/usr/bin/python3", [Path.Combine(EcsProject.Here(), "cli_reads.py"), folder.Path]) { Timeout = TimeSpan.FromMinutes(5) }.Run(Cancellation);

    private static void SkipWithoutCli()
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/awscli"))
            Assert.Skip("skipped: no AWS CLI of Debian");
    }
}
