using DuskStack.Stacks.Python;

namespace DuskStack.Tests.Stacks;

public sealed class PythonCommandsFromSources
{
    [Theory]
    [InlineData("uvicorn src.main:app", "uvicorn src.main:app --reload --reload-dir src")]
    [InlineData("uvicorn --factory shop.web.main:create --port 80", "uvicorn --factory shop.web.main:create --port 80 --reload --reload-dir shop")]
    [InlineData("uvicorn main:app", "uvicorn main:app --reload")]
    [InlineData("python -m uvicorn src.main:app --reload", "python -m uvicorn src.main:app --reload")]
    [InlineData("gunicorn shop.wsgi", "gunicorn shop.wsgi --reload")]
    [InlineData("python -m src.worker", "watchfiles|--filter|python|python -m src.worker")]
    [InlineData("celery -A shop worker", "watchfiles|--filter|python|celery -A shop worker")]
    [InlineData("granian src.main:app", "granian src.main:app")]
    public void Servers_reload_and_what_else_is_python_starts_again(string start, string expected) =>
        Assert.Equal(expected.Split(expected.Contains('|', StringComparison.Ordinal) ? '|' : ' '), PythonCommands.FromSources([.. start.Split(' ')], watch: true));

    [Theory]
    [InlineData("uvicorn src.main:app", "uvicorn src.main:app --reload --reload-dir /app")]
    [InlineData("gunicorn shop.wsgi", "gunicorn shop.wsgi --reload")]
    [InlineData("python -m src.worker", "watchfiles|--filter|python|python -m src.worker|/app")]
    public void In_a_workspace_they_look_after_all_of_its_packages(string start, string expected) =>
        Assert.Equal(expected.Split(expected.Contains('|', StringComparison.Ordinal) ? '|' : ' '), PythonCommands.FromSources([.. start.Split(' ')], watch: true, workspace: true));

    [Fact]
    public void What_runs_once_is_left_as_it_is() =>
        Assert.Equal(["alembic", "upgrade", "head"], PythonCommands.FromSources(["alembic", "upgrade", "head"], watch: false));
}
