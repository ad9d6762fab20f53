using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using DuskStack.Containers.Verification.Images;
using DuskStack.Containers.Verification.Lint;
using DuskStack.Containers.Verification.Running;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification;

/// <summary>Reads, builds, measures, runs and asks: the whole line of <c>duskstack verify</c>.</summary>
/// <param name="Engine">Null where there is none.</param>
/// <param name="NoEngine">Why there is none.</param>
/// <param name="Progress">Hears what happens.</param>
public sealed record Verifier(Engine? Engine, string NoEngine, IVerifyProgress Progress)
{
    public async Task<VerifyReport> Run(VerifyRequest request, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        string run = $"verify-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        using var copy = ProjectCopy.Of(request.Folder);
        var results = new List<CheckResult>();
        if (request.Wants(Stage.Lint))
            await Lint(request, copy, results, cancellation);

        ImmutableArray<ImageMeasurement> images = [];
        StackMeasurement? stack = null;
        if (request.Wants(Stage.Build) || request.Wants(Stage.Run))
        {
            if (Engine is null)
            {
                NothingWithoutEngine(request, results);
            }
            else
            {
                ThrowAwaySecrets secrets = ThrowAwaySecrets.Of(request.Plan);
                secrets.Write(copy, request.Plan);
                ImmutableArray<ImagePlan> wanted = Needed(request);
                ImageMeasuring measuring = new(Engine, copy, request.Plan, secrets, run);
                try
                {
                    images = await Build(request, measuring, wanted, results, cancellation);
                    if (request.Wants(Stage.Run))
                        stack = await RunStack(request, copy, secrets, run, images, results, cancellation);
                }
                finally
                {
                    await measuring.Remove(wanted, request.Keep);
                }
            }
        }

        return new()
        {
            Project = request.Plan.Name,
            Engine = Engine is null ? null : $"{Engine.Program} {Engine.Version}, {Engine.Storage}, {Engine.Platform}",
            Duration = Stopwatch.GetElapsedTime(start),
            Results = [.. results.OrderBy(r => Order(r.Check))],
            Images = images,
            Stack = stack,
        };
    }

    private async Task Lint(VerifyRequest request, ProjectCopy copy, List<CheckResult> results, CancellationToken cancellation)
    {
        LintedProject project = new(copy.Folder, request.Plan, request.Files, Engine, NoEngine);
        foreach (Check check in CheckList.All)
        {
            if (check.Examination is not Examination.OfFiles files || !request.Wants(check))
                continue;
            Progress.Begin(Stage.Lint, check.Name);
            await foreach (Finding finding in files.Look(project, cancellation))
                Add(results, new(check, finding.Subject, finding.Verdict));
        }
    }

    private async Task<ImmutableArray<ImageMeasurement>> Build(VerifyRequest request, ImageMeasuring measuring, ImmutableArray<ImagePlan> wanted, List<CheckResult> results, CancellationToken cancellation)
    {
        var images = ImmutableArray.CreateBuilder<ImageMeasurement>();
        foreach (ImagePlan image in wanted)
        {
            bool measured = request.Wants(Stage.Build);
            Progress.Begin(Stage.Build, measured ? $"{image.Name}: cold, then warm" : image.Name);
            ImageMeasurement measurement = await measuring.Of(image, measured, cancellation);
            images.Add(measurement);
            foreach (Check check in CheckList.All)
            {
                // What was not built is said in any case.
                if (check.Examination is Examination.OfImage of && (measured ? request.Wants(check) : check.Name == "image-build" && !measurement.Built) && of.Judge(measurement) is { } verdict)
                    Add(results, new(check, image.Name, verdict));
            }
        }

        return images.ToImmutable();
    }

    private async Task<StackMeasurement> RunStack(VerifyRequest request, ProjectCopy copy, ThrowAwaySecrets secrets, string run, ImmutableArray<ImageMeasurement> images, List<CheckResult> results, CancellationToken cancellation)
    {
        StackMeasuring measuring = new(Engine!, copy, request, secrets, run);
        StackMeasurement stack = await measuring.Measure([.. images.Where(i => !i.Built).Select(i => i.Name)], what => Progress.Begin(Stage.Run, what), cancellation);
        foreach (Check check in CheckList.All.Where(request.Wants))
        {
            if (check.Examination is Examination.OfContainer container)
            {
                foreach (ContainerMeasurement each in stack.Containers)
                {
                    // Of what nobody asked for nothing is said.
                    if ((each.Facts is not null || request.Concerns(each.Plan)) && container.Judge(each) is { } verdict)
                        Add(results, new(check, each.Name, verdict));
                }
            }
            else if (check.Examination is Examination.OfStack whole && whole.Judge(stack) is { } verdict)
            {
                Add(results, new(check, "stack", verdict));
            }
        }

        return stack;
    }

    /// <summary>Images of the services that were asked for, and of what those wait for when it is run.</summary>
    private static ImmutableArray<ImagePlan> Needed(VerifyRequest request)
    {
        HashSet<string> names = [.. request.Plan.Containers.Where(request.Concerns).Select(c => c.Name)];
        for (int before = -1; request.Wants(Stage.Run) && before != names.Count;)
        {
            before = names.Count;
            names.UnionWith(request.Plan.Containers.Where(c => names.Contains(c.Name)).SelectMany(c => c.DependsOn).Select(d => d.Container).ToList());
        }

        return [.. request.Plan.Images.Where(i => request.Concerns(i) || request.Plan.Containers.Any(c => c.Image == i && names.Contains(c.Name)))];
    }

    private void NothingWithoutEngine(VerifyRequest request, List<CheckResult> results)
    {
        foreach (Check check in CheckList.All.Where(c => c.Examination is not Examination.OfFiles && request.Wants(c.Stage) && request.Wants(c)))
            Add(results, new(check, "project", Verdict.NotRun(NoEngine)));
    }

    private static int Order(Check check) => CheckList.All.Select((c, index) => (c.Name, index)).First(c => c.Name == check.Name).index;

    private void Add(List<CheckResult> results, CheckResult result)
    {
        results.Add(result);
        Progress.Found(result);
    }
}
