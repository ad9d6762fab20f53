using DuskStack.Planning;
using DuskStack.Planning.Ecs;

namespace DuskStack.Outputs.Ecs;

/// <summary><c>ecs/&lt;service&gt;/*.json</c>: what <c>aws ... --cli-input-json</c> reads.</summary>
public sealed class EcsOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Ecs is not { } ecs)
            yield break;
        foreach (EcsTask migration in ecs.Migrations)
        {
            foreach (RenderedFile file in Task(plan, ecs, migration))
                yield return file;
            yield return File(migration.Name, "run-task", RunTask.Of(ecs, migration));
        }

        foreach (EcsService service in ecs.Services)
        {
            foreach (RenderedFile file in Task(plan, ecs, service.Task))
                yield return file;
            yield return File(service.Task.Name, "service", CreateService.Of(plan, ecs, service));
            yield return File(service.Task.Name, "service-update", UpdateService.Of(ecs, service));
        }

        foreach (EcsRepository repository in ecs.Repositories)
        {
            yield return File(repository.Image, "repository", CreateRepository.Of(plan, repository));
            yield return File(repository.Image, "lifecycle-policy", PutLifecyclePolicy.Of(repository));
        }
    }

    private static IEnumerable<RenderedFile> Task(Plan plan, EcsPlan ecs, EcsTask task)
    {
        yield return File(task.Name, "task-definition", RegisterTaskDefinition.Of(plan, ecs, task));
        yield return File(task.Name, "log-group", CreateLogGroup.Of(plan, task));
        yield return File(task.Name, "log-retention", new PutRetentionPolicy(task.LogGroup, task.LogDays));
    }

    private static RenderedFile File<T>(string folder, string name, T content) => new($"ecs/{folder}/{name}.json", EcsJson.Write(content), $"ecs/{name}.json:{folder}");
}
