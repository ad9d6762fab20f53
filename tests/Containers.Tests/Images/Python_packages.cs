using Xunit;

namespace DuskStack.Containers.Tests.Images;

/// <summary>What became of the packages on their way into production's image.</summary>
public sealed class Python_packages
{
    /// <summary>Run inside the image: says what was forgotten.</summary>
    private const string Look =
        """
        import importlib, importlib.util, os, pathlib, sys, threading, time
        site = pathlib.Path("/opt/venv/lib") / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        modules = [*site.rglob("*.py"), *pathlib.Path("/app").rglob("*.py")]
        assert len(modules) > 500, len(modules)
        compiled = lambda path: pathlib.Path(importlib.util.cache_from_source(str(path)))
        flags = {path: compiled(path).read_bytes()[4:8] if compiled(path).exists() else None for path in modules}
        print("not compiled for good:", [str(path) for path, flag in flags.items() if flag != b"\x01\0\0\0"])
        extensions = [path for path in site.rglob("*.so") if not path.parent.name.endswith(".libs")]
        assert len(extensions) > 15, len(extensions)
        print("with symbols:", [str(path) for path in extensions if b".symtab" in path.read_bytes()])
        for name in ("fastapi", "uvicorn", "uvloop", "httptools", "websockets", "pydantic_settings", "prometheus_client", "sqlalchemy.ext.asyncio", "asyncpg", "alembic.command", "redis.asyncio", "ssl", "sqlite3", "zoneinfo", "lzma", "ctypes", "decimal", "getpass"):
            importlib.import_module(name)
        import getpass, ssl, zoneinfo
        print(*sys.version_info[:2], os.getuid(), getpass.getuser(), zoneinfo.ZoneInfo("Europe/Berlin"), len(ssl.create_default_context().get_ca_certs()) > 50)
        # Threads that run on while the interpreter ends need libgcc_s.
        threading.Thread(target=time.sleep, args=[60], daemon=True).start()
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [EngineTheory]
    [InlineData("slim", "pip", "3.13")]
    [InlineData("distroless", "pip", "3.13")]
    [InlineData("minimal", "pip", "3.13")]
    [InlineData("slim", "uv", "3.14")]
    [InlineData("minimal", "pip", "3.14")]
    public async Task Are_compiled_stripped_and_can_be_imported_on_a_read_only_root(string foundation, string manager, string version)
    {
        using var folder = new TestFolder($"python-{foundation}");
        Rendered.Into(folder, $$"""
            version: 1
            name: packages
            services:
              api: { stack: python, base: {{foundation}}, packageManager: {{manager}}, runtime: "{{version}}", needs: [postgres, redis] }
            postgres: {}
            redis: {}
            """, starter: true);
        string image = $"python-packages-{foundation}:{Path.GetRandomFileName()[..6]}";
        try
        {
            ImageBuild build = await ImageBuild.Run(TestEngine.Shared, new(folder["services/api"], image) { Target = "runtime" }, Cancellation);
            Assert.True(build.Succeeded, build.Log);
            ProcessOutcome look = await TestEngine.Shared.Docker("run", "--rm", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges:true", "--tmpfs", "/tmp:size=16m,mode=1777", image, "python", "-c", Look).Run(Cancellation);
            Assert.True(look.Succeeded, look.Errors);
            Assert.Equal($"not compiled for good: []\nwith symbols: []\n{version.Replace('.', ' ')} 10001 app Europe/Berlin True", look.Text);
        }
        finally
        {
            await TestEngine.Shared.Docker("image", "rm", "--force", image).Run(CancellationToken.None);
        }
    }
}
