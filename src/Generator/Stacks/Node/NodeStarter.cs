using System.Collections.Immutable;
using DuskStack.Planning;

namespace DuskStack.Stacks.Node;

/// <summary>The tiny real application: Fastify, TypeScript, with what the service needs.</summary>
public static class NodeStarter
{
    public static ImmutableArray<TemplateFile> Files(StarterRequest request, NodePackageManager manager) => [];
}
