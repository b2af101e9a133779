using System.Threading.Tasks;
using CspMigration.Migration.Tests.Resilience;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.WholeRun;

/// <summary>The whole run and the four single commands are two ways to one end.</summary>
public sealed class SameStateTests
{
    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    [InlineData("seed-mapping")]
    [InlineData("edge-cases")]
    public async Task The_whole_run_leaves_what_the_four_commands_leave(string scenario)
    {
        using var steps = await SandboxRun.StartAsync(scenario, configure: SandboxRun.LoadEdgeCaseMap);
        using var whole = await SandboxRun.StartAsync(scenario, configure: SandboxRun.LoadEdgeCaseMap);
        _ = await steps.FinishAsync(await steps.FindAsync(Everything));

        _ = await whole.RunAsync(await whole.FindAsync(Everything));

        var expected = steps.Tenant.GetState();
        var actual = whole.Tenant.GetState();
        Assert.NotEqual(0, whole.Writes());
        Assert.Equal(EndState.Of(expected), EndState.Of(actual));
        Assert.Equal(expected.Violations, actual.Violations);
    }

    private static void Everything(Core.Discovery.DiscoveryQuery query) => (query.IncludeTrial, query.IncludeOtherChannel) = (true, true);

}
