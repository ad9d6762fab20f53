namespace DuskStack.Manifests;

/// <summary>A file's bytes as they were read, and the name under which messages speak of it.</summary>
/// <param name="File">Relative to where the user stands, <c>/</c>-separated: <c>duskstack.yaml</c>, <c>../platform/duskstack.defaults.yaml</c>.</param>
/// <param name="Bytes">Not decoded yet, so that wrong encodings can be reported.</param>
public sealed record SourceText(string File, ReadOnlyMemory<byte> Bytes);

/// <summary>Gives the text of the file that <c>extends:</c> names, relative to the extending file; null when there is none.</summary>
public delegate SourceText? OpenExtended(string fromFile, string path);
