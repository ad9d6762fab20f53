using System.Collections.Immutable;
using DuskStack.Planning;
using DuskStack.Templating;

namespace DuskStack.Outputs;

/// <summary><c>scripts/secrets.sh</c>, where production has secret files.</summary>
public sealed class SecretsOutput : IOutput
{
    public IEnumerable<RenderedFile> Render(Plan plan)
    {
        if (plan.Secrets.IsEmpty)
            return [];
        object model = new
        {
            Rotations = (from secret in plan.Secrets
                         where secret.Origin is SecretOrigin.Random { Rotation.IsEmpty: false }
                         select new { secret.Name, Lines = ((SecretOrigin.Random)secret.Origin).Rotation }).ToImmutableArray(),
            Random = plan.Secrets.Where(s => s.Origin is SecretOrigin.Random).ToImmutableArray(),
            Derived = (from secret in plan.Secrets
                       where secret.Origin is SecretOrigin.Derived
                       let origin = (SecretOrigin.Derived)secret.Origin
                       select new { secret.Name, origin.Before, origin.Secret, origin.After, Encoding = origin.Json ? "quote" : "encode" }).ToImmutableArray(),
            Quotes = plan.Secrets.Any(s => s.Origin is SecretOrigin.Derived { Json: true }),
            User = plan.Secrets.Where(s => s.Origin is SecretOrigin.User).ToImmutableArray(),
        };
        return [RenderedFile.Of("scripts/secrets.sh", "scripts/secrets.sh", TemplateSet.Shared.RenderSections("scripts/secrets.sh", model))];
    }
}
