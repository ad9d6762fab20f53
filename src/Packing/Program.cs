using System.Collections.Immutable;
using DuskStack.Packing;
using DuskStack.Packing.Seeds;

// dotnet run --project src/Packing -- sections             how many combinations each section takes to fold
// dotnet run --project src/Packing -- reference [--check]  writes, or checks, what follows from the description of settings
// dotnet run --project src/Packing -- seeds                writes docs/seeds.md from tests/seeds
switch (args)
{
    case ["sections"]:
        ImmutableArray<SectionDependency> sections = SectionDependencies.Measure();
        Console.Write(SectionDependencies.Table(sections));
        foreach (SectionDependency section in sections.Where(s => s.Combinations > SectionDependencies.Limit))
            Console.Error.WriteLine($"{section.Section} takes {section.Combinations} combinations, more than {SectionDependencies.Limit}: cut it with {{{{!section}}}}");
        return sections.Any(s => s.Combinations > SectionDependencies.Limit) ? 1 : 0;

    case ["reference"]:
        foreach (string file in ReferenceFiles.Write(ReferenceFiles.Root())) Console.WriteLine($"{file}: written");
        return 0;

    case ["reference", "--check"]:
        ImmutableArray<string> stale = ReferenceFiles.Stale(ReferenceFiles.Root());
        foreach (string file in stale) Console.Error.WriteLine($"{file} is stale: {ReferenceFiles.Command}");
        return stale.IsEmpty ? 0 : 2;

    case ["seeds"]:
        File.WriteAllText(Path.Combine(ReferenceFiles.Root(), SeedPage.File), SeedPage.Write(SeedFiles.Read(ReferenceFiles.Root())));
        Console.WriteLine($"{SeedPage.File}: written");
        return 0;

    default:
        Console.Error.WriteLine("usage: dotnet run --project src/Packing -- sections | reference [--check] | seeds");
        return 64;
}
