using System.Collections.Immutable;

namespace DuskStack.Containers.Tests.Matrix;

/// <summary>One image of the matrix: a stack's starter, its package manager and its base.</summary>
public sealed record MatrixCase(string Stack, string Manager, string Base)
{
    /// <summary>Runs every combination where it is <c>all</c>, those with all its words where it is something else; otherwise <see cref="Pairwise"/>.</summary>
    public const string Switch = TestEngine.Extent;

    public static ImmutableArray<MatrixCase> All { get; } =
    [
        .. from traits in StarterTraits.All
           from manager in traits.Managers
           from foundation in traits.Bases
           select new MatrixCase(traits.Stack, manager, foundation),
    ];

    /// <summary>Every stack with each of its package managers, and with each of its bases; greedily few. What a manager leaves on a base is the nightly's to find.</summary>
    public static ImmutableArray<MatrixCase> Pairwise { get; } = Cover();

    /// <summary>What a run of the tests covers.</summary>
    public static ImmutableArray<MatrixCase> Chosen => Environment.GetEnvironmentVariable(Switch) switch
    {
        null or "" => Pairwise,
        "all" => All,
        // For one's own work: `node pnpm distroless`, `minimal`.
        var words => [.. All.Where(c => words.Split(' ').All(word => word == c.Stack || word == c.Manager || word == c.Base))],
    };

    /// <summary>Those that every tool reads with every output on: one, or what <see cref="Switch"/> asks for.</summary>
    public static ImmutableArray<MatrixCase> WithEveryOutput => Environment.GetEnvironmentVariable(Switch) is null or "" ? [All[0]] : Chosen;

    public override string ToString() => $"{Stack} {Manager} {Base}";

    private static ImmutableArray<MatrixCase> Cover()
    {
        HashSet<(string, string)> open = [.. All.SelectMany(Pairs)];
        var chosen = ImmutableArray.CreateBuilder<MatrixCase>();
        while (open.Count > 0)
        {
            MatrixCase best = All.MaxBy(c => Pairs(c).Count(open.Contains))!;
            open.ExceptWith(Pairs(best));
            chosen.Add(best);
        }

        return chosen.ToImmutable();
    }

    private static (string, string)[] Pairs(MatrixCase c) => [(c.Stack, c.Manager), (c.Stack, c.Base)];
}
