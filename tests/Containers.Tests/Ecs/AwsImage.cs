using DuskStack.Images;

namespace DuskStack.Containers.Tests.Ecs;

/// <summary>An image with botocore, whose models say what AWS accepts, and with moto, which plays AWS.</summary>
internal static class AwsImage
{
    private const string Name = "duskstack-tests-aws";

    public static async Task<string> Build(CancellationToken cancellation)
    {
        using var context = new TestFolder("aws");
        // moto 5.2.5 cannot run a task whose container has no memory of its own, which Fargate can.
        context.Write("Dockerfile", $"""
            FROM {ImageCatalog.Shared.Default("python", "slim").Reference}
            RUN pip install --no-cache-dir moto==5.2.5 flask flask-cors boto3==1.44.5
            RUN find / -path '*/moto/ecs/models.py' -exec sed -i 's/"memory", container_definition.get("memoryReservation")/"memory", container_definition.get("memoryReservation", 0)/' {"{}"} +

            """);
        (await TestEngine.Shared.Docker("build", "--quiet", "--tag", Name, context.Path).Run(cancellation)).OrThrow();
        return Name;
    }
}
