using System.Collections.Immutable;
using DuskStack.Diagnostics;
using DuskStack.Images;
using DuskStack.Manifests.Settings;
using DuskStack.Manifests.Yaml;

namespace DuskStack.Manifests.Editing;

/// <summary>A backing service is two things in a manifest: a section of its own, and a word in the <c>needs</c> of who uses it.</summary>
internal static class BackingAdditions
{
    public static Needed Find(Written found, BackingWish wish, DiagnosticBag bag)
    {
        var name = wish.Setting.Name;
        var section = found.Find([name]);
        Needed needed = section is { } there
            ? new([], [new($"{name}", there.Key.Span)])
            : new([new NewKey([], name, new NewValue.Map([("version", new NewValue.Text(ImageCatalog.Shared.Default(name).Version))]))], []);
        foreach (var service in Services(found.Manifest, wish, section is not null, bag))
        {
            var more = Need(found, service, name, bag);
            needed = new(needed.Additions.AddRange(more.Additions), needed.There.AddRange(more.There));
        }

        return needed;
    }

    private static ImmutableArray<string> Services(Manifest manifest, BackingWish wish, bool isThere, DiagnosticBag bag)
    {
        var known = manifest.Services.Select(service => service.Name.Value).ToList();
        foreach (var unknown in wish.To.Except(known))
            bag.Error(DiagnosticCodes.UnknownNeed, null, $"`--to` names {Quoted.Text(unknown)}, which is no service of this manifest", Suggestions.Nearest(unknown, known) is { } near ? $"did you mean `{near}`?" : Known(known));

        if (!wish.To.IsEmpty)
            return [.. wish.To.Distinct().Intersect(known)];

        var stacks = manifest.Services.OfType<StackService>().ToList();
        var applications = stacks.FindAll(service => StackNames.All.Any(stack => stack.Name == service.Stack.Value && stack.OwnProcess));
        var backEnds = applications.FindAll(service => StackNames.All.Any(stack => stack.Name == service.Stack.Value && !stack.InBrowser));
        var candidates = backEnds.Count > 0 ? backEnds : applications;
        var users = candidates.FindAll(service => service.Needs.Any(need => need.Value == wish.Setting.Name));
        if (candidates.Count <= 1 || (isThere && users.Count > 0))
            return [.. (candidates.Count <= 1 ? candidates : users).Select(service => service.Name.Value)];

        bag.Error(DiagnosticCodes.ServiceNotChosen, null, $"several services may need `{wish.Setting.Name}`", $"name those that do: {string.Join(", ", candidates.Select(service => $"`--to {service.Name.Value}`"))}");
        return [];
    }

    private static Needed Need(Written found, string service, string name, DiagnosticBag bag)
    {
        ImmutableArray<string> path = [ManifestSettings.Services.Name, service];
        ImmutableArray<string> needs = [.. path, ServiceSettings.Needs.Name];
        var written = found.Find(needs)?.Value as YamlList;
        if (written?.Items.FirstOrDefault(item => item is YamlScalar scalar && scalar.Text == name) is { } there)
            return new([], [new($"needs of {service}", there.Span)]);

        if (found.FindOwn(path) is null)
        {
            var place = found.Find(path)!.Key.Span;
            bag.Error(DiagnosticCodes.NotEditable, place, $"{Quoted.Text(service)} is written in {Quoted.Text(place.File)}, and only the project's own manifest is edited", $"write it there by hand: `{ServiceSettings.Needs.Name}: [{name}]`");
            return Needed.Nothing;
        }

        if (found.FindOwn(needs) is not null)
            return new([new NewItem(needs, new(name))], []);

        // A list of this file hides the one of the file that it extends: it has to say all.
        var others = written?.Items.OfType<YamlScalar>().Select(scalar => scalar.Text) ?? [];
        return new([new NewKey(path, ServiceSettings.Needs.Name, new NewValue.List(others.Append(name)))], []);
    }

    private static string Known(List<string> known) => known.Count == 0 ? "it has none" : $"its services: {string.Join(", ", known)}";
}
