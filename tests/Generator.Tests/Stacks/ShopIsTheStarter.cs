using DuskStack.Manifests;
using DuskStack.Packing;
using DuskStack.Planning;

namespace DuskStack.Tests.Stacks;

/// <summary>examples/shop is the starter with uploads: a mend of the starter must reach it.</summary>
public sealed class ShopIsTheStarter
{
    private static readonly string[] Grown = ["services/api/package.json", "services/api/src/app.ts", "services/api/src/config.ts", "services/api/test/support.ts"];

    [Fact]
    public void Except_where_it_has_grown()
    {
        string shop = Path.Combine(ReferenceFiles.Root(), "examples/shop");
        var manifest = new SourceText("duskstack.yaml", File.ReadAllBytes(Path.Combine(shop, "duskstack.yaml")));
        Generation generation = Generator.Run(manifest, (_, _) => null, new Facts { Today = DateOnly.MinValue }, starter: true);
        var starter = generation.Files.Where(f => f.Class == DuskStack.Outputs.FileClass.Once).ToList();

        Assert.True(starter.Count > 100);
        foreach (var file in starter.Where(f => !Grown.Contains(f.Path)))
            Assert.True(File.ReadAllText(Path.Combine(shop, file.Path)) == file.Content, $"examples/shop/{file.Path} is not the starter's");
    }
}
