using System.Globalization;
using DuskStack.Manifests;

namespace DuskStack.Nginx;

/// <summary>Values in nginx' own words.</summary>
public static class NginxText
{
    /// <summary>A time of at least one second.</summary>
    public static string Seconds(TimeSpan time) => Math.Max(1, (long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s";

    /// <summary><c>10m</c>; bytes have no unit.</summary>
    public static string Size(ByteSize size) => size.ToString().TrimEnd('B').ToLowerInvariant();

    /// <summary>What pages may load where neither the manifest nor the service itself says it: from their own site only.</summary>
    /// <param name="inlineScripts">True for pages that carry scripts within themselves.</param>
    /// <param name="origins">Further sites that scripts may talk to, with a space before each; may be a variable.</param>
    public static string ContentPolicy(bool inlineScripts = false, string origins = "") =>
        $"default-src 'self';{(inlineScripts ? " script-src 'self' 'unsafe-inline';" : "")} connect-src 'self'{origins}; img-src 'self' data: blob:; font-src 'self' data:; "
        + "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
}
