using Xunit;

namespace DuskStack.Containers.Tests;

public sealed class BuildLogTests
{
    private const string Log =
        """
        #0 building with "default" instance using docker driver

        #1 [internal] load build definition from Dockerfile
        #1 transferring dockerfile: 4.1kB done
        #1 DONE 0.0s

        #5 [base 1/5] FROM docker.io/library/node:24.21.0-trixie-slim
        #5 CACHED

        #9 [deps 3/3] RUN --mount=type=cache,id=shop-api-npm,target=/root/.npm     npm ci --no-audit --no-fund
        #9 0.512 npm notice

        #8 [production-deps 3/3] RUN npm ci --omit=dev
        #8 ...

        #9 [deps 3/3] RUN --mount=type=cache,id=shop-api-npm,target=/root/.npm     npm ci --no-audit --no-fund
        #9 4.211 added 71 packages in 4s
        #9 DONE 4.4s

        #8 [production-deps 3/3] RUN npm ci --omit=dev
        #8 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
        """;

    [Fact]
    public void A_step_that_was_interrupted_by_another_is_one_step() =>
        Assert.Equal(["deps", "production-deps", "base", null], BuildLog.Parse(Log).Where(s => !s.Name.StartsWith("building", StringComparison.Ordinal)).Select(s => s.Stage).OrderBy(s => s switch { "deps" => 0, "production-deps" => 1, "base" => 2, _ => 3 }));

    [Fact]
    public void Cached_steps_are_told_from_those_that_ran()
    {
        var steps = BuildLog.Parse(Log);
        Assert.True(steps.Single(s => s.Stage == "base").Cached);
        Assert.Equal(TimeSpan.FromSeconds(4.4), steps.Single(s => s.Stage == "deps").Duration);
        Assert.Equal(new("[production-deps 3/3] RUN npm ci --omit=dev", Cached: false, Duration: null), steps.Single(s => s.Stage == "production-deps"));
    }
}
