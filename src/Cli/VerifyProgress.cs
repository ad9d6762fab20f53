using DuskStack.Containers.Verification;
using DuskStack.Containers.Verification.Reports;
using Spectre.Console;

namespace DuskStack.Cli;

/// <summary>What a verification does, while it does it, on standard error: a spinner on a terminal, lines elsewhere.</summary>
internal static class VerifyProgress
{
    public static async Task<VerifyReport> ShowAsync(Terminal terminal, Func<IVerifyProgress, Task<VerifyReport>> run)
    {
        if (!terminal.ErrorHasColor)
            return await run(new Lines(terminal));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.Status().Spinner(Spinner.Known.Dots).StartAsync("verifying", context => run(new Spinning(terminal, context)));
    }

    private static string Line(CheckResult result) => $"{result.Check.Name} {result.Subject}: {result.Verdict.Message}";

    private sealed class Lines(Terminal terminal) : IVerifyProgress
    {
        public void Begin(Stage stage, string what) => terminal.Error.WriteLine($"{JsonReport.Word(stage),-8} {what} ...");

        public void Found(CheckResult result) => terminal.Error.WriteLine($"{JsonReport.Word(result.Verdict.Outcome),-8} {Line(result)}");
    }

    /// <summary>Of what passed the count is enough; what did not stays on the screen.</summary>
    private sealed class Spinning(Terminal terminal, StatusContext context) : IVerifyProgress
    {
        private int passed;

        private string now = "";

        public void Begin(Stage stage, string what)
        {
            now = $"{JsonReport.Word(stage)}: {what}";
            Show();
        }

        public void Found(CheckResult result)
        {
            if (result.Verdict.Outcome == Outcome.Passed)
                passed++;
            else
                terminal.Error.WriteLine($"{terminal.PaintError($"{JsonReport.Word(result.Verdict.Outcome),-8}", result.Verdict.Outcome == Outcome.Failed ? Color.Red : Color.Yellow)} {Line(result)}");
            Show();
        }

        private void Show() => context.Status(Markup.Escape($"{now}  ({passed} passed)"));
    }
}
