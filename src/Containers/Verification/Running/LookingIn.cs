using System.Globalization;
using DuskStack.Images;
using DuskStack.Planning;

namespace DuskStack.Containers.Verification.Running;

/// <summary>Looks into a running container from beside: the image itself needs no shell, no ps and no curl.</summary>
/// <param name="Engine">Runs both.</param>
/// <param name="Tools">An image with a shell.</param>
public sealed record LookingIn(Engine Engine, string Tools)
{
    // It shares processes and network with the other. SYS_PTRACE lets it read the mounts of another user's process; it changes nothing.
    private const string Script =
        """
        for folder in /proc/[0-9]*; do
          id=${folder#/proc/}
          [ "$id" = "$$" ] && continue
          status=$(cat "$folder/status" 2>/dev/null) || continue
          field() { echo "$status" | sed -n "s/^$1:[^0-9a-f]*//p"; }
          [ "$(field PPid)" = "$$" ] && continue
          printf 'P %s %s %s %s %s %s ' "$id" "$(field PPid)" "$(field Uid | cut -f2)" "$(field CapEff)" "$(field CapBnd)" "$(field NoNewPrivs)"
          tr '\0' '\037' < "$folder/cmdline" | tr '\n' ' '
          echo
        done
        root=
        while read -r _ _ _ _ point options _; do
          [ "$point" = / ] && root=$options
        done < /proc/1/mountinfo
        echo "R $root"
        [ -n "$1" ] || exit 0
        if command -v wget >/dev/null; then
          answer=$(wget -S -O /dev/null -T 10 "http://$1:$2$3" 2>&1 | sed -n 's/^ *HTTP\/[0-9.]* \([0-9]*\).*/\1/p' | head -n 1)
        else
          answer=$(bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n" "$3" "$1" "$2" >&3 && read -r -t 10 _ status _ <&3 && echo "$status"' - "$1" "$2" "$3" 2>/dev/null)
        fi
        echo "H $answer"
        """;

    /// <summary>An image with a shell that is there already, since the stack is built with it.</summary>
    public static async Task<string?> ToolsOf(Engine engine, Plan plan, CancellationToken cancellation)
    {
        IEnumerable<BaseImage> bases = plan.Images.SelectMany(i => i.Bases).Where(b => b.Reference != "scratch");
        // Others of the catalogue where every image is somebody else's.
        foreach (string reference in bases.Concat(ImageCatalog.Shared.All).Where(b => b.Tools.Contains("bash") || (b.Tools.Contains("sh") && b.Tools.Contains("wget"))).Select(b => b.Reference).Distinct())
        {
            if (await engine.Has(reference, cancellation))
                return reference;
        }

        return null;
    }

    public async Task<(Insight? Insight, string Reason)> At(Container container, ContainerFacts facts, ContainerPlan plan, CancellationToken cancellation)
    {
        string[] question = plan is { Port: { } port, HealthPath: { } path } && facts.Addresses is [var address, ..] ? [address, port.ToString(CultureInfo.InvariantCulture), path] : [""];
        ProcessOutcome look = await Engine.Docker(["run", "--rm", "--user", "0:0", "--pid", $"container:{container.Id}", "--network", $"container:{container.Id}", "--cap-add", "SYS_PTRACE", "--entrypoint", "sh", Tools, "-c", Script, "-", .. question]).Run(cancellation);
        return look.Succeeded ? (Parse(look.Output), "") : (null, $"nobody could look in: {look.Errors.Trim().Split('\n')[^1]}");
    }

    internal static Insight Parse(string text)
    {
        string[] lines = text.Split('\n');
        return new(
            [.. lines.Where(l => l.StartsWith("P ", StringComparison.Ordinal)).Select(Process).OrderBy(p => p.Id)],
            lines.FirstOrDefault(l => l.StartsWith("R ", StringComparison.Ordinal))?[2..] ?? "",
            int.TryParse(lines.FirstOrDefault(l => l.StartsWith("H ", StringComparison.Ordinal))?[2..], out int status) ? status : null);
    }

    private static InsideProcess Process(string line)
    {
        string[] parts = line.Split(' ', 8);
        return new(int.Parse(parts[1]), int.Parse(parts[2]), int.Parse(parts[3]), Bits(parts[4]), Bits(parts[5]), parts[6] == "1", [.. parts[7].TrimEnd('\u001f', ' ').Split('\u001f')]);
    }

    private static ulong Bits(string hexadecimal) => ulong.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
