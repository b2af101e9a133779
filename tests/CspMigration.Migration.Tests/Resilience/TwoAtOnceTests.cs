using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Several runs at the same time, in one process, on one journal.</summary>
public sealed class TwoAtOnceTests
{
    private const int Runs = 10;

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task Ten_runs_for_one_customer_buy_once_and_leave_what_one_run_leaves(string scenario)
    {
        using var alone = await SandboxRun.StartAsync(scenario);
        await alone.MigrateAsync();
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = SandboxTenant.Create(new SandboxOptions { Scenario = scenario, Time = time });

        await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => Task.Run(() => MigrateAsync(tenant, time, folder.File("journal.jsonl")))));

        var state = tenant.GetState();
        Assert.Empty(state.Violations);
        Assert.Equal(EndState.Of(alone.Tenant.GetState()), EndState.Of(state));
    }

    [Fact]
    public async Task Ten_runs_for_ten_customers_mix_nothing()
    {
        using var alone = await SandboxRun.StartAsync("seed-mapping");
        await alone.MigrateAsync();
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = SandboxTenant.Create(new SandboxOptions { Scenario = "seed-mapping", Time = time });
        var customers = tenant.GetState().Customers.Select(customer => customer.Id).ToList();

        await Task.WhenAll(customers.Select(customer => Task.Run(() => MigrateAsync(tenant, time, folder.File("journal.jsonl"), customer))));

        var state = tenant.GetState();
        Assert.Empty(state.Violations);
        Assert.Equal(EndState.Of(alone.Tenant.GetState()), EndState.Of(state));
    }

    private static async Task MigrateAsync(SandboxTenant tenant, TimeProvider time, string journal, string? customer = null)
    {
        using var run = await SandboxRun.ConnectAsync(tenant, through: null, time, journal);
        await run.MigrateAsync(options: null, query => query.Customers = customer is null ? null : [customer]);

        // Whoever comes too late finds nothing to do, or that another has done it; nobody fails in another way.
        Assert.All(run.Errors, error => Assert.Equal("NotOurSubscription", error.ErrorId));
    }
}
