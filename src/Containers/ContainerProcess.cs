using System.Collections.Immutable;

namespace DuskStack.Containers;

/// <summary>A process inside a container.</summary>
/// <param name="Id">As seen inside; 1 is the first.</param>
/// <param name="Parent">The id of its parent; 0 for the first.</param>
/// <param name="Command">Its program and arguments.</param>
public sealed record ContainerProcess(int Id, int Parent, ImmutableArray<string> Command)
{
    // `docker top` needs a `ps` beside the engine. This needs a shell in the image, and leaves itself out.
    private const string Script =
        """
        for folder in /proc/[0-9]*; do
          [ "${folder#/proc/}" = "$$" ] && continue
          parent=$(sed -n 's/^PPid:[^0-9]*//p' "$folder/status" 2>/dev/null) || continue
          [ "$parent" = "$$" ] && continue
          printf '%s %s ' "${folder#/proc/}" "$parent"
          tr '\0' '\037' < "$folder/cmdline"
          echo
        done
        """;

    internal static async Task<ImmutableArray<ContainerProcess>> List(Container container, CancellationToken cancellation)
    {
        string text = (await container.Exec(["sh", "-c", Script], cancellation)).Text;
        return [.. text.Split('\n').Select(Parse).OrderBy(p => p.Id)];
    }

    private static ContainerProcess Parse(string line)
    {
        string[] parts = line.Split(' ', 3);
        return new(int.Parse(parts[0]), int.Parse(parts[1]), [.. parts[2].TrimEnd('\u001f').Split('\u001f')]);
    }
}
