namespace DuskStack.Cli;

/// <summary>Where output goes: data to <see cref="Out"/>, everything else to <see cref="Error"/>, so that a pipe carries only what was asked for.</summary>
public sealed record Terminal(TextWriter Out, TextWriter Error)
{
    private static readonly ErrorWriter StandardError = new(Console.Error);

    /// <summary>Colour on <see cref="Out"/>; never in a pipe, in CI or when NO_COLOR is set.</summary>
    public bool OutHasColor { get; init; }

    public bool ErrorHasColor { get; init; }

    public static Terminal OfProcess()
    {
        var wanted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new(Console.Out, StandardError) { OutHasColor = wanted && !Console.IsOutputRedirected, ErrorHasColor = wanted && !Console.IsErrorRedirected };
    }

    public void Complain(string message, string hint)
    {
        Error.WriteLine($"{Paint("error:", Color.Red, ErrorHasColor)} {message}");
        Error.WriteLine($"hint: {hint}");
    }

    public string PaintOut(string text, Color color) => Paint(text, color, OutHasColor);

    public string PaintError(string text, Color color) => Paint(text, color, ErrorHasColor);

    private static string Paint(string text, Color color, bool wanted) => wanted ? $"\e[{(int)color}m{text}\e[0m" : text;
}

/// <summary>The colours of ANSI terminals that are in use.</summary>
public enum Color
{
    None = 0,
    Red = 31,
    Green = 32,
    Yellow = 33,
}
