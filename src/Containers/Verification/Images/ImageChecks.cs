using System.Collections.Immutable;

namespace DuskStack.Containers.Verification.Images;

/// <summary>Judges what was measured of an image.</summary>
public static class ImageChecks
{
    /// <summary>What must not stand between the engine and a program: it swallows signals, and it is one more process.</summary>
    public static ImmutableArray<string> Wrappers { get; } = ["npm", "npx", "npm-cli.js", "pnpm", "pnpm.cjs", "pnpx", "yarn", "yarn.js", "bun", "pip", "uv", "uvx", "poetry", "pipenv", "sh", "bash", "ash", "dash"];

    public static Verdict Build(ImageMeasurement image) => image switch
    {
        { NotTried: true } => Verdict.NotRun(image.BuildError),
        { Built: false } => Verdict.Failed($"the build failed: {LastError(image.BuildError)}") with { Details = image.BuildError },
        _ => Verdict.Passed($"{image.Content?.Layers.Length} layers"),
    };

    public static Verdict Size(ImageMeasurement image)
    {
        if (image.Content is null)
            return NotBuilt;
        ImmutableArray<Figure> figures = [Figure.Of("image", image.Counted, image.Budget.Image), Figure.Of("above base", image.AboveBase), Figure.Of("on this machine", image.Total)];
        string size = $"{Show.Megabytes(image.Counted)}{(image.IsEstimate ? " (an estimate: nobody published the size of the base)" : "")}";
        string parts = image.Base switch
        {
            { StandIn: true, Published: { } published } => $"{Show.Megabytes(image.AboveBase)} above {image.Base.Reference}, published with {Show.Megabytes(published)}; on this machine {Show.Megabytes(image.Total)}, its base is a stand-in",
            { StandIn: true } => $"{Show.Megabytes(image.AboveBase)} above {image.Base.Reference}, a stand-in here",
            { Reference.Length: > 0 } => $"{Show.Megabytes(image.AboveBase)} above {image.Base.Reference}",
            _ => $"{image.Content.Layers.Length} layers",
        };
        if (image.Budget.Image is not { } budget)
            return Verdict.Passed($"{size}: {parts}; no budget", figures);
        return image.Counted <= budget
            ? Verdict.Passed($"{size} of {Show.Megabytes(budget)}: {parts}", figures)
            : Verdict.Failed($"{size} is {Show.Megabytes(image.Counted - budget)} over its budget of {Show.Megabytes(budget)}: {parts}", figures) with
            {
                Details = "largest above the base:\n" + string.Join('\n', image.Content.Largest.Take(8).Select(l => $"{Show.Megabytes(l.Size),10}  {l.Path}")),
            };
    }

    public static Verdict Cold(ImageMeasurement image) => image.ColdBuild is { } time
        ? Time("cold build", time, image.Budget.ColdBuild, "every package is fetched again, the base images are there")
        : NotBuilt;

    public static Verdict? Warm(ImageMeasurement image) => image switch
    {
        { Content: null } or { ColdBuild: null } => NotBuilt,
        { WarmBuild: { } time } => Time("warm build", time, image.Budget.WarmBuild, $"after an edit of {image.Edited}"),
        _ => Verdict.NotRun("no source file was found that could be edited"),
    };

    public static Verdict User(ImageMeasurement image)
    {
        if (image.Content is not { } content)
            return NotBuilt;
        string user = content.User.Split(':')[0];
        if (user.Length == 0 || user is "0" or "root")
            return image.Generated
                ? Verdict.Failed("the image runs as root; it needs `USER 10001:10001` in its last stage")
                : Verdict.Passed("root, in the user's own Dockerfile; `user` in duskstack.yaml changes it");
        return int.TryParse(user, out _) || !image.Generated
            ? Verdict.Passed($"USER {content.User}")
            : Verdict.Failed($"the user `{content.User}` is a name: Kubernetes and read-only roots want the number");
    }

    public static Verdict Start(ImageMeasurement image)
    {
        if (image.Content is not { } content)
            return NotBuilt;
        ImmutableArray<string> words = [.. content.Entrypoint, .. content.Command];
        if (words.IsEmpty)
            return Verdict.Passed("it has no command of its own");
        string text = string.Join(' ', words);
        // Behind an entrypoint such as that of node, which ends by becoming the command.
        string? wrapper = words.Take(content.Entrypoint.Length + 1).Select(w => Path.GetFileName(w)!).FirstOrDefault(Wrappers.Contains);
        return image.Generated && wrapper is not null
            ? Verdict.Failed($"the image starts `{text}`: {wrapper} becomes the parent of the program and keeps signals from it; start the program itself")
            : Verdict.Passed(text);
    }

    public static Verdict Secrets(ImageMeasurement image) => image.Content switch
    {
        null => NotBuilt,
        { Secrets.IsEmpty: true } => Verdict.Passed("none in layers, history and environment"),
        var content => Verdict.Failed($"{content.Secrets[0]}{(content.Secrets.Length > 1 ? $", and {content.Secrets.Length - 1} more" : "")}; hand it over when the container starts, or as a build secret") with { Details = string.Join('\n', content.Secrets) },
    };

    public static Verdict Dependencies(ImageMeasurement image) => image.Content switch
    {
        null => NotBuilt,
        { DevelopmentDependencies.IsEmpty: true } => Verdict.Passed("none"),
        var content => Verdict.Failed($"the image holds {string.Join(", ", content.DevelopmentDependencies.Take(4))}{(content.DevelopmentDependencies.Length > 4 ? $" and {content.DevelopmentDependencies.Length - 4} more" : "")}, which only development needs") with { Details = string.Join('\n', content.DevelopmentDependencies) },
    };

    private static Verdict NotBuilt => Verdict.NotRun("the image was not built");

    private static Verdict Time(string name, TimeSpan time, TimeSpan? budget, string how)
    {
        Figure figure = Figure.Of(name, time, budget);
        return budget is not { } limit ? Verdict.Passed($"{Show.Seconds(time)}; {how}; no budget", figure)
            : time <= limit ? Verdict.Passed($"{Show.Seconds(time)} of {Show.Seconds(limit)}; {how}", figure)
            : Verdict.Failed($"{Show.Seconds(time)}, more than the budget of {Show.Seconds(limit)}; {how}", figure);
    }

    private static string LastError(string log) =>
        log.Split('\n').LastOrDefault(l => l.Contains("ERROR", StringComparison.OrdinalIgnoreCase))?.Trim() ?? log.Trim().Split('\n')[^1];
}
