using System.Collections.Immutable;

namespace DuskStack.Containers;

/// <summary>A process inside a container.</summary>
/// <param name="Id">As seen inside; 1 is the first.</param>
/// <param name="Parent">The id of its parent; 0 for the first.</param>
/// <param name="User">Its effective numeric uid.</param>
/// <param name="Capabilities">Its effective capabilities, as 16 hexadecimal digits; zeros for none.</param>
/// <param name="Command">Its program and arguments.</param>
public sealed record ContainerProcess(int Id, int Parent, int User, string Capabilities, ImmutableArray<string> Command)
{
    // `docker top` needs a `ps` beside the engine, and the image may have no shell: another container looks in.
    private const string Script =
        """
        for folder in /proc/[0-9]*; do
          [ "${folder#/proc/}" = "$$" ] && continue
          status=$(cat "$folder/status" 2>/dev/null) || continue
          field() { echo "$status" | sed -n "s/^$1:[^0-9a-f]*//p"; }
          [ "$(field PPid)" = "$$" ] && continue
          printf '%s %s %s %s ' "${folder#/proc/}" "$(field PPid)" "$(field Uid | cut -f2)" "$(field CapEff)"
          # A word may have lines, as a script has.
          tr '\0\n' '\037 ' < "$folder/cmdline"
          echo
        done
        """;

    /// <param name="container">The one to look into.</param>
    /// <param name="tools">An image with a shell; it shares the container's processes and nothing else.</param>
    /// <param name="cancellation">Ends the look.</param>
    internal static async Task<ImmutableArray<ContainerProcess>> List(Container container, string tools, CancellationToken cancellation)
    {
        ProcessCall call = container.Engine.Docker("run", "--rm", "--pid", $"container:{container.Id}", "--network", "none", "--entrypoint", "sh", tools, "-c", Script);
        string text = (await call.Run(cancellation)).Text;
        return [.. text.Split('\n').Select(Parse).OrderBy(p => p.Id)];
    }

    private static ContainerProcess Parse(string line)
    {
        string[] parts = line.Split(' ', 5);
        return new(int.Parse(parts[0]), int.Parse(parts[1]), int.Parse(parts[2]), parts[3], [.. parts[4].TrimEnd('\u001f').Split('\u001f')]);
    }
}
