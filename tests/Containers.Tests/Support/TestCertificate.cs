namespace DuskStack.Containers.Tests;

/// <summary>A certificate that its own key has signed.</summary>
public static class TestCertificate
{
    /// <summary>Writes <c>fullchain.pem</c> and <c>privkey.pem</c>, which everyone may read.</summary>
    public static void Write(TestFolder folder, string path, params string[] names) => ThrowAwayCertificate.Write(folder[path], names);
}
