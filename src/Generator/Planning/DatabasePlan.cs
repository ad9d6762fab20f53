using System.Collections.Immutable;

namespace DuskStack.Planning;

/// <summary>The PostgreSQL server of this project, as the scripts that look after its data see it.</summary>
/// <param name="Container">Its Compose name.</param>
/// <param name="Database">The applications' database.</param>
/// <param name="User">Its owner, who is the server's superuser.</param>
/// <param name="Secret">The secret file with the password.</param>
/// <param name="Account">The numeric user that the server runs as, <c>uid:gid</c>.</param>
/// <param name="Volume">The key of its volume.</param>
/// <param name="Major">The version that runs now.</param>
/// <param name="Majors">All that an upgrade may come from or go to, <paramref name="Major"/> among them.</param>
public sealed record DatabasePlan(string Container, string Database, string User, string Secret, string Account, string Volume, string Major, ImmutableArray<DatabaseMajor> Majors);

/// <summary>One major version of PostgreSQL.</summary>
/// <param name="Version"><c>17</c>.</param>
/// <param name="Image">What runs it.</param>
/// <param name="Folder">Where its volume lies in the container.</param>
public sealed record DatabaseMajor(string Version, string Image, string Folder);
