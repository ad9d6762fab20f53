using System.Collections.Immutable;

namespace DuskStack.Templating;

/// <summary>What a tag is about: a path into the model, or a literal text.</summary>
internal abstract class Expression
{
    public abstract object? Evaluate(Scope scope);

    /// <param name="word">As it stands in the tag: <c>"text"</c> or <c>'text'</c>, <c>this</c>, <c>@first</c>, <c>@root.Name</c>, <c>../Name</c>, <c>Name.Part</c>.</param>
    public static Expression Of(string word)
    {
        if (word is ['"' or '\'', .. var text, var quote] && quote == word[0])
            return new LiteralText(text);

        if (word == "@first")
            return new IsFirst();

        var outwards = 0;
        while (word.StartsWith("../", StringComparison.Ordinal))
            (word, outwards) = (word[3..], outwards + 1);

        string[] names = word.Split('.');
        if (names.Any(n => n.Length == 0) || names.Skip(1).Any(n => !char.IsLetter(n[0])) || !(char.IsLetter(names[0][0]) || names[0] == "@root"))
            throw new FormatException($"`{word}` is no path");

        return names[0] switch
        {
            "@root" => new ModelPath(outwards, true, [.. names.Skip(1).Select(n => new Member(n))]),
            "this" => new ModelPath(outwards, false, [.. names.Skip(1).Select(n => new Member(n))]),
            _ => new ModelPath(outwards, false, [.. names.Select(n => new Member(n))]),
        };
    }

    private sealed class LiteralText(string text) : Expression
    {
        public override object? Evaluate(Scope scope) => text;
    }

    private sealed class IsFirst : Expression
    {
        public override object? Evaluate(Scope scope) => scope.First;
    }

    private sealed class ModelPath(int outwards, bool fromRoot, ImmutableArray<Member> members) : Expression
    {
        public override object? Evaluate(Scope scope)
        {
            for (var i = 0; i < outwards; i++)
                scope = scope.Outer ?? throw new InvalidOperationException("`../` leads out of the model");

            if (fromRoot)
                scope = scope.Root;

            if (members.IsEmpty)
                return scope.Model;

            object? value = scope.TryArgument(members[0].Name, out object? given) ? given : members[0].Of(scope.Model);
            for (var i = 1; i < members.Length && value is not null; i++)
                value = members[i].Of(value);
            return value;
        }
    }
}
