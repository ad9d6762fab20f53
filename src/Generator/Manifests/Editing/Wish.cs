using System.Collections.Immutable;
using DuskStack.Manifests.Settings;

namespace DuskStack.Manifests.Editing;

/// <summary>What a person asks to have in the manifest.</summary>
public abstract record Wish;

/// <summary>A service that a stack builds.</summary>
/// <param name="Name">As it was asked for, not checked yet.</param>
/// <param name="Values">Settings of the service, <c>stack</c> among them.</param>
public sealed record ServiceWish(string Name, ImmutableArray<Asked> Values) : Wish;

/// <summary>A backing service.</summary>
/// <param name="Setting">Its section of the manifest.</param>
/// <param name="To">The services that need it; empty for the only one that has a back end.</param>
public sealed record BackingWish(Setting Setting, ImmutableArray<string> To) : Wish;

/// <summary>Another section: <c>proxy</c>, <c>monitoring</c>, <c>ecs</c>.</summary>
/// <param name="Path">The settings from the top of the manifest to the section.</param>
/// <param name="Values">Settings of the section.</param>
public sealed record SectionWish(ImmutableArray<Setting> Path, ImmutableArray<Asked> Values) : Wish;

/// <summary>A value as somebody typed it.</summary>
/// <param name="Setting">The setting that it is for, which says what is accepted.</param>
/// <param name="Option">How the person named it: <c>--port</c>.</param>
/// <param name="Words">The value; the items, of a list.</param>
/// <param name="IsList">Whether the setting takes a list.</param>
public sealed record Asked(Setting Setting, string Option, ImmutableArray<string> Words, bool IsList = false);
