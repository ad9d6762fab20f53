using System.Collections.Immutable;

namespace DuskStack.Stacks;

/// <summary>All stacks, in the order in which they are listed to people. A new stack is a folder and one line here.</summary>
public static class StackList
{
    public static ImmutableArray<IStack> All { get; } =
    [
        new Node.NodeStack(),
        new Nextjs.NextjsStack(),
        new Python.PythonStack(),
        new Spa.SpaStack(),
    ];

    public static IStack? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
