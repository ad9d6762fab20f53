using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DuskStack.Packing.Parameters;

namespace DuskStack.Packing.Learning;

/// <summary>One section of one file.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Id">Its name in the file.</param>
public sealed record SectionName(string File, string Id)
{
    /// <summary>The name of a section that every file has and that says nothing: whether the file is written.</summary>
    public const string Existence = "";

    // Looked up some million times.
    private readonly int hash = HashCode.Combine(File, Id);

    public bool Equals(SectionName? other) => other is not null && hash == other.hash && File == other.File && Id == other.Id;

    public override int GetHashCode() => hash;

    public override string ToString() => $"{File} {Id}";
}

/// <summary>What a section says in every combination of the parameters that change it.</summary>
/// <param name="Name">Which section.</param>
/// <param name="Space">The parameters it depends on.</param>
/// <param name="Texts">By combination of <paramref name="Space"/>; null where its file is not written, and empty where only the section is not.</param>
public sealed record SectionTable(SectionName Name, Space Space, ImmutableArray<string?> Texts)
{
    /// <summary>Where the file is written at all; elsewhere it does not matter what a section says.</summary>
    public ImmutableArray<int> Read { get; } = [.. Space.Possible.Where(c => Texts[c] is not null)];

    /// <summary>The different texts, the one of the first combination first.</summary>
    public ImmutableArray<string> Variants { get; } = [.. Texts.OfType<string>().Distinct()];
}

/// <summary>One file of a new project.</summary>
/// <param name="Path">Relative to the project.</param>
/// <param name="Existence">Says nothing where it is written, and is null where it is not.</param>
/// <param name="Sections">In their order.</param>
public sealed record FileTables(string Path, SectionTable Existence, ImmutableArray<SectionTable> Sections);

/// <summary>Everything that was learnt about what <c>dotnet new</c> writes.</summary>
/// <param name="Files">By path.</param>
/// <param name="Renderings">How many different ones it took.</param>
public sealed record ProjectTables(ImmutableArray<FileTables> Files, int Renderings)
{
    /// <summary>For people: sections by how many combinations they take.</summary>
    public string Summary()
    {
        var text = new StringBuilder("combinations  variants  largest  section, and what it depends on\n");
        foreach (SectionTable table in Files.SelectMany(f => f.Sections).OrderByDescending(s => s.Space.Possible.Length).ThenBy(s => s.Name.ToString(), StringComparer.Ordinal))
        {
            string on = table.Space.Parameters.IsEmpty ? "nothing" : string.Join(", ", table.Space.Parameters.Select(p => p.Name));
            text.Append(CultureInfo.InvariantCulture, $"{table.Space.Possible.Length,12}  {table.Variants.Length,8}  {table.Variants.Select(Encoding.UTF8.GetByteCount).DefaultIfEmpty().Max(),5} B  {table.Name}: {on}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Files.Length} files, {Renderings} renderings\n").ToString();
    }
}
