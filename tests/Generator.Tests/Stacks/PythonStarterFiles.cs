using DuskStack.Diagnostics;
using DuskStack.Manifests;
using DuskStack.Planning;
using DuskStack.Stacks.Python;
using DuskStack.Templating;

namespace DuskStack.Tests.Stacks;

public sealed class PythonStarterFiles
{
    public static TheoryData<string> Sets => ["plain", "postgres", "redis", "postgres-redis", "pgvector", "pgvector-redis"];

    [Fact]
    public void Every_condition_is_about_a_file_that_exists()
    {
        string[] files = [.. TemplateSet.Names("stacks/python/starter/").Select(n => n["stacks/python/starter/".Length..]).Select(n => n.EndsWith(".hbs", StringComparison.Ordinal) ? n[..^4] : n)];
        Assert.Subset(files.ToHashSet(), PythonStarter.ConditionalPaths.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_set_of_dependencies_has_a_lock_file_for_pip_and_poetry(string set) =>
        Assert.Equal(["poetry.lock", "requirements-dev.txt", "requirements.txt"], TemplateSet.Names($"stacks/python/locks/{set}/").Select(Path.GetFileName));

    [Fact]
    public void No_starter_is_written_for_a_python_that_is_too_old()
    {
        var text = new SourceText("duskstack.yaml", "version: 1\nname: old\nservices: { api: { stack: python, runtime: \"3.11\" } }\n"u8.ToArray());
        Generation generation = Generator.Run(text, (_, _) => null, new Facts { Today = new(2026, 11, 21) }, starter: true);
        Assert.Empty(generation.Files);
        Diagnostic error = Assert.Single(generation.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal((DiagnosticCodes.NotAvailable, "the starter needs python 3.12 or later"), (error.Code, error.Message));
        Assert.NotEmpty(Generator.Run(text, (_, _) => null, new Facts { Today = new(2026, 11, 21) }).Files);
        Assert.Contains($"requires-python = \">={PythonStarter.OldestPython}\"", TemplateSet.Text("stacks/python/starter/pyproject.toml.hbs"), StringComparison.Ordinal);
    }

    /// <summary>uv.lock always names one: a uv starter comes without.</summary>
    [Fact]
    public void No_file_names_a_registry()
    {
        foreach (string name in TemplateSet.Names("stacks/python/starter/").Concat(TemplateSet.Names("stacks/python/locks/")).Where(n => !n.EndsWith("make.sh", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("pypi", TemplateSet.Text(name), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("--index-url", TemplateSet.Text(name), StringComparison.Ordinal);
            Assert.DoesNotContain("[package.source]", TemplateSet.Text(name), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lock_files_are_made_by_the_poetry_that_images_install() =>
        Assert.Contains(TemplateSet.Text("stacks/python/locks/make.sh").Split('\n').Single(l => l.StartsWith("poetry=", StringComparison.Ordinal)).Replace("=", "==", StringComparison.Ordinal), PythonPackageManager.Of(new("poetry", null)).Bootstrap, StringComparison.Ordinal);
}
