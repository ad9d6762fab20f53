namespace DuskStack.Templating;

/// <summary>A template that does not compile or does not fit its model: a bug of DuskStack, named by template and section.</summary>
public sealed class TemplateException(string template, int firstLine, Exception cause)
    : Exception($"template {template}, section from line {firstLine}: {cause.Message}", cause);
