using System.Text;
using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;

namespace DuskStack.Containers.Tests;

/// <summary>A manifest and what it becomes.</summary>
public static class Rendered
{
    /// <summary>Writes all files of a manifest into a folder, its starters too when asked; files that lie there stay when they are the user's.</summary>
    public static Plan Into(TestFolder folder, string manifest, bool starter = false)
    {
        var text = new SourceText("duskstack.yaml", Encoding.UTF8.GetBytes(manifest));
        Generation generation = Generator.Run(text, (_, _) => null, new Facts { Today = new(2026, 11, 21) }, starter);
        if (generation.HasErrors)
            throw new InvalidOperationException(new DiagnosticText([text]).Write(generation.Diagnostics));
        foreach (Outputs.RenderedFile file in generation.Files)
            folder.Write(file.Path, file.Content);
        return generation.Plan!;
    }
}
