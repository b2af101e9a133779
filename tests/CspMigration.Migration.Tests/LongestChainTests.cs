using System;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace CspMigration.Migration.Tests;

/// <summary>
/// How many calls of a migration wait for one another: on a clock that moves only while calls are under way, each of which takes a second,
/// it is the seconds that have passed. A batch of 20 takes five, because the service works on four of its items at a time.
/// </summary>
public sealed class LongestChainTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(LicenseApi.PartnerCenter, 99)]
    [InlineData(LicenseApi.Graph, 99)]
    public async Task The_four_commands_wait_for_so_many_calls_one_after_the_other(LicenseApi licenses, int most)
    {
        using var time = VirtualTime.Automatic();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "contoso", Time = time, Latency = Latency, ProvisioningDelay = TimeSpan.Zero });
        using var run = await SandboxRun.ConnectAsync(tenant, configure: options => (options.Time, options.LicenseApi) = (time, licenses));

        var connected = time.Elapsed;
        var found = await run.FindAsync();
        var discovered = time.Elapsed;
        var bought = await run.BuyAsync(found);
        var purchased = time.Elapsed;
        var moved = await run.MoveAsync(bought);
        var done = time.Elapsed;
        _ = await run.SuspendAsync(moved);

        Assert.Empty(run.Errors);
        output.WriteLine($"{licenses}: discovery {Calls(discovered - connected)}, purchase {Calls(purchased - discovered)}, moves {Calls(done - purchased)}, suspension {Calls(time.Elapsed - done)}");
        Assert.InRange(Calls(time.Elapsed - connected), 1, most);
    }

    private static int Calls(TimeSpan elapsed) => (int)Math.Round(elapsed / Latency);
}
