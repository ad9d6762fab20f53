using System.Collections.Immutable;
using System.Xml.Linq;
using DuskStack.Packing;
using DuskStack.Packing.Content;
using DuskStack.Packing.Learning;
using DuskStack.Packing.Proof;
using DuskStack.Packing.Seeds;

// dotnet run --project src/Packing -- sections             how many combinations each section takes to fold
// dotnet run --project src/Packing -- content FOLDER       writes the content of the template package
// dotnet run --project src/Packing -- settle PACKAGE       takes the times of packing out of it
// dotnet run --project src/Packing -- reference [--check]  writes, or checks, what follows from the description of settings
// dotnet run --project src/Packing -- seeds                writes docs/seeds.md from tests/seeds
// dotnet run --project src/Packing -- proof [--anew] [report.xml ...]
//                                                          takes over what reports of xunit prove (--anew: nothing else), writes docs/proof.json and docs/proof.md
switch (args)
{
    case ["sections"]:
        Console.Write(Learner.Learn().Summary());
        return 0;

    case ["content", string folder]:
        ImmutableSortedDictionary<string, byte[]> content = TemplateContent.Of(ReferenceFiles.Root(), Learner.Learn());
        TemplateContent.Write(folder, content);
        Console.WriteLine($"{folder}: {content.Count} files");
        return 0;

    case ["settle", string package]:
        PackageTimes.Settle(package);
        return 0;

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

    case ["proof", .. var words]:
        ImmutableArray<ProofClaim> before = words is ["--anew", ..] ? [] : ProofData.Read(ReferenceFiles.Root());
        (ImmutableArray<ProofClaim> proven, ImmutableArray<ProofClaim> failed) = ProofData.Merge(before, words.Where(w => w != "--anew").Select(XDocument.Load));
        foreach (ProofClaim claim in failed) Console.Error.WriteLine($"not proven: {claim.Level} {claim.Combination} {claim.Output}: {claim.Test} did not pass");
        File.WriteAllText(Path.Combine(ReferenceFiles.Root(), ProofData.File), ProofData.Write(proven));
        File.WriteAllText(Path.Combine(ReferenceFiles.Root(), ProofPage.File), ProofPage.Write(proven));
        Console.WriteLine($"{ProofPage.File}: {proven.Length} claims");
        return failed.IsEmpty ? 0 : 8;

    default:
        Console.Error.WriteLine("usage: dotnet run --project src/Packing -- sections | content FOLDER | reference [--check] | seeds | proof [--anew] [report.xml ...]");
        return 64;
}
