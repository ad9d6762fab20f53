using System.Collections.Immutable;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Learning;

/// <summary>
/// Finds out which parameters change which section, from nothing but renderings: whenever two of them have the same values of all
/// parameters known to matter and yet differ, a path from one to the other shows a parameter that matters too. Then every
/// combination of these is rendered. Nothing here is a proof; the packed template is compared with the generator afterwards.
/// </summary>
public sealed class Learner
{
    /// <summary>More combinations than this make packing slow and the folded text unreadable.</summary>
    public const int Limit = 2000;

    // Fixed, so that packing is deterministic. The further points look for a parameter that matters only together with others.
    private const int Seed = 20260101;
    private const int FurtherPoints = 110;

    private readonly Dictionary<Point, Rendering> seen = [];
    private readonly Dictionary<SectionName, Observation> sections = [];

    public static ProjectTables Learn()
    {
        var learner = new Learner();
        var random = new Random(Seed);
        learner.LookAt([.. WithEachValue(Point.Default), .. Drawn(2).SelectMany(WithEachValue)]);
        learner.Complete(random);
        learner.LookAt([.. PairwisePoints.Of(random), .. Drawn(FurtherPoints)]);
        learner.Complete(random);
        return learner.Tables();

        ImmutableArray<Point> Drawn(int count) => [.. Enumerable.Range(0, count).Select(_ => Point.Draw(random))];
    }

    private static IEnumerable<Point> WithEachValue(Point around) =>
        [around, .. ParameterList.Closed.SelectMany(parameter => Enumerable.Range(0, parameter.Values.Length).Select(value => around.With(parameter, value))).Where(p => p.IsPossible)];

    /// <summary>Renders points, and settles what contradicts what was known.</summary>
    private void LookAt(ImmutableArray<Point> points)
    {
        ImmutableArray<Point> added = [.. points.Distinct().Where(p => !seen.ContainsKey(p))];
        Parallel.ForEach(added, point => Rendering.Of(point));
        foreach (Point point in added)
            seen[point] = Rendering.Of(point);

        SectionName[] news = [.. added.SelectMany(p => seen[p].Sections).Distinct().Where(name => !sections.ContainsKey(name))];
        (SectionName Name, Observation Observation, IEnumerable<Point> Unheard)[] all =
        [
            .. sections.Select(s => (s.Key, s.Value, (IEnumerable<Point>)added)),
            // It was absent at all earlier points.
            .. news.Select(name => (name, sections[name] = new(), (IEnumerable<Point>)seen.Keys)),
        ];

        // What is learnt of a section depends on the order of the points, and on no other section.
        Parallel.ForEach(all, section =>
        {
            foreach (Point point in section.Unheard)
                Hear(section.Name, section.Observation, point);
        });
    }

    private void Hear(SectionName name, Observation observation, Point point)
    {
        string? text = TextAt(name, point);
        while (observation.Contradiction(point, text) is { } other)
        {
            ClosedParameter parameter = Blame(name, point, other);
            observation.DependOn(parameter, p => TextAt(name, p));
        }

        observation.Add(point, text);
    }

    // Walks from one point to the other, one value at a time: somewhere on the way the text changes.
    private static ClosedParameter Blame(SectionName name, Point from, Point to)
    {
        string? before = Rendering.Of(from).TextOf(name);
        // What implies something is changed after that: on the way everything is possible.
        while (ParameterList.Closed.FirstOrDefault(p => from.IndexOf(p) != to.IndexOf(p) && from.With(p, to.IndexOf(p)).IsPossible) is { } parameter)
        {
            from = from.With(parameter, to.IndexOf(parameter));
            if (Rendering.Of(from).TextOf(name) != before)
                return parameter;
        }

        throw new InvalidOperationException($"{name} is not the same whenever it is rendered with {to}");
    }

    /// <summary>Renders every combination that some section still lacks, the section with the most of them first.</summary>
    private void Complete(Random random)
    {
        string[] tooMany = [.. from section in sections
                               where section.Value.Space.Possible.Length > Limit
                               select $"{section.Key} depends on {string.Join(", ", section.Value.Space.Parameters.Select(p => p.Name))}, which are {section.Value.Space.Possible.Length} combinations, more than {Limit}: cut it with {{{{!section}}}}"];
        if (tooMany.Length > 0)
            throw new InvalidOperationException(string.Join('\n', tooMany));
        while (sections.Where(s => s.Value.Missing > 0).OrderByDescending(s => s.Value.Missing).ThenBy(s => s.Key.ToString(), StringComparer.Ordinal).FirstOrDefault() is { Value: { } lacking })
        {
            LookAt([.. lacking.MissingCombinations().Select(c => Point.Draw(random, p => lacking.Space.Set(p, c)))]);
        }
    }

    private ProjectTables Tables()
    {
        ImmutableArray<FileTables> files = [.. seen.Values.SelectMany(r => r.Files.Keys).Distinct().Order(StringComparer.Ordinal).Select(FileOf)];
        return new(files, seen.Count);

        FileTables FileOf(string path) => new(
            path,
            TableOf(new(path, SectionName.Existence)),
            [.. SectionOrder.Of(path, seen.Values.Select(r => r.Files.GetValueOrDefault(path)).Where(f => !f.IsDefault)).Select(id => TableOf(new(path, id)))]);

        SectionTable TableOf(SectionName name) => sections[name].Table(name);
    }

    private string? TextAt(SectionName name, Point point) => (seen.GetValueOrDefault(point) ?? Rendering.Of(point)).TextOf(name);
}
