using DuskStack.Packing;

namespace DuskStack.Tests.Packing;

public sealed class ReferenceFilesFollow
{
    [Fact]
    public void The_settings() =>
        Assert.True(ReferenceFiles.Stale(ReferenceFiles.Root()).IsEmpty, $"{string.Join(", ", ReferenceFiles.Stale(ReferenceFiles.Root()))} stale: {ReferenceFiles.Command}");
}
