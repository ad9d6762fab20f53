using System.Collections.Immutable;
using DuskStack.Images;

namespace DuskStack.Containers.Tests.Examples;

/// <summary>What happens to containers of a machine, though nobody asked for it.</summary>
public static class Inside
{
    private const string File = "/tmp/filled-by-a-test";

    /// <summary>The same work for whoever is in the image: a shell, Node or Python.</summary>
    private static readonly ImmutableArray<(ImmutableArray<string> Fill, ImmutableArray<string> Empty)> Ways =
    [
        (["sh", "-c", $"dd if=/dev/zero of={File} bs=64k 2>/dev/null; ! echo more >> {File}"], ["sh", "-c", $"rm {File}"]),
        .. from node in new[] { "node", "/nodejs/bin/node" }
           select (
               (ImmutableArray<string>)[node, "-e", $"const fs = require('fs'); try {{ for (;;) fs.appendFileSync('{File}', Buffer.alloc(4096)) }} catch (e) {{ process.exit(e.code === 'ENOSPC' ? 0 : 1) }}"],
               (ImmutableArray<string>)[node, "-e", $"require('fs').rmSync('{File}')"]),
        .. from python in new[] { "python", "/usr/bin/python3" }
           select (
               (ImmutableArray<string>)[python, "-S", "-c", $"import errno, sys\ntry:\n  while True:\n    with open('{File}', 'ab') as file: file.write(bytes(4096))\nexcept OSError as error: sys.exit(error.errno != errno.ENOSPC)"],
               (ImmutableArray<string>)[python, "-S", "-c", $"import os\nos.remove('{File}')"]),
    ];

    /// <summary>
    /// Kills the main process as a crash would: by its number on the host, without a chance to tidy up. <c>docker kill</c> is a wish of the
    /// owner's, after which no restart policy brings a container back.
    /// </summary>
    public static async Task Crash(Container container, CancellationToken cancellation)
    {
        string first = (await container.Engine.Docker("inspect", "--format", "{{.State.Pid}}", container.Id).Run(cancellation)).Text;
        // The first process is Docker's init; its child is who is meant.
        string script = $"children=$(cat /proc/{first}/task/{first}/children); kill -9 ${{children:-{first}}}";
        (await container.Engine.Docker("run", "--rm", "--privileged", "--pid", "host", "--network", "none", "--entrypoint", "sh", ImageCatalog.Shared.Default("postgres").Reference, "-c", script).Run(cancellation)).OrThrow();
    }

    /// <summary>Writes into /tmp until nothing more goes in.</summary>
    /// <returns>False when there is nothing in the image that could.</returns>
    public static async Task<bool> Fill(Container container, CancellationToken cancellation)
    {
        foreach ((ImmutableArray<string> fill, _) in Ways)
        {
            if ((await container.Exec(fill, cancellation)).Succeeded)
                return true;
        }

        return false;
    }

    public static async Task Empty(Container container, CancellationToken cancellation)
    {
        foreach ((_, ImmutableArray<string> empty) in Ways)
        {
            if ((await container.Exec(empty, cancellation)).Succeeded)
                return;
        }
    }
}
