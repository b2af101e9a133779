using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Several runs at the same time, in one process, on one journal.</summary>
public sealed class TwoAtOnceTests
{
    private const int Runs = 10;
    private const string TwoSources = "Two sources and one target";

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task Ten_runs_for_one_customer_buy_once_and_leave_what_one_run_leaves(string scenario)
    {
        using var alone = await SandboxRun.StartAsync(scenario);
        await alone.MigrateAsync();
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, Time = time });

        await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => Task.Run(() => MigrateAsync(tenant, time, folder.File("journal.jsonl")))));

        AssertSame(alone, tenant);
    }

    [Fact]
    public async Task Ten_runs_for_ten_customers_mix_nothing()
    {
        using var alone = await SandboxRun.StartAsync("seed-mapping");
        await alone.MigrateAsync();
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "seed-mapping", Time = time });
        var customers = tenant.GetState().Customers.Select(customer => customer.Id).ToList();

        await Task.WhenAll(customers.Select(customer => Task.Run(() => MigrateAsync(tenant, time, folder.File("journal.jsonl"), customer))));

        AssertSame(alone, tenant);
    }

    [Fact]
    public async Task Ten_runs_for_two_sources_with_one_target_buy_once_for_both()
    {
        using var alone = await SandboxRun.StartAsync("edge-cases");
        _ = await alone.FinishAsync(await alone.FindAsync(TwoSources));
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases", Time = time });

        await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => Task.Run(() => MigrateAsync(tenant, time, folder.File("journal.jsonl"), TwoSources))));

        AssertSame(alone, tenant);
    }

    [Fact]
    public async Task A_run_for_each_of_two_sources_with_one_target_gets_the_seats_of_both()
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases", Time = time });
        using var one = await SandboxRun.ConnectAsync(tenant, through: null, time, folder.File("journal.jsonl"));
        using var other = await SandboxRun.ConnectAsync(tenant, through: null, time, folder.File("journal.jsonl"));
        var rows = await one.FindAsync(TwoSources);

        var bought = await Task.WhenAll(Task.Run(() => one.BuyAsync([rows[0]])), Task.Run(() => other.BuyAsync([rows[1]])));
        using var next = await SandboxRun.ConnectAsync(tenant, through: null, time, folder.File("journal.jsonl"));
        var again = await next.FinishAsync(rows);

        // The offer can be had once: who comes second finds it and adds seats, or is refused and does so when it runs again.
        Assert.All(one.Errors.Concat(other.Errors), error => Assert.Equal("OfferLimitReached", error.ErrorId));
        Assert.Empty(next.Errors);
        Assert.Equal(2, again.Count);
        var offerId = bought.SelectMany(targets => targets).First().OfferId;
        var target = Assert.Single(next.Customer(TwoSources).Subscriptions, subscription => subscription.OfferId == offerId);
        Assert.Equal(rows.Sum(row => row.Quantity), target.Quantity);
        Assert.Empty(tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("contoso", null)]
    [InlineData("contoso:legacyCommerce=closed", null)]
    [InlineData("edge-cases", TwoSources)]
    public async Task The_same_customer_given_twice_is_migrated_once(string scenario, string? customer)
    {
        using var alone = await SandboxRun.StartAsync(scenario);
        _ = await alone.FinishAsync(await FindAsync(alone));
        using var run = await SandboxRun.StartAsync(scenario);
        var rows = await FindAsync(run);

        var bought = await run.BuyAsync(rows.Concat(rows));
        var moved = await run.MoveAsync(bought.Concat(bought));
        _ = await run.SuspendAsync(moved.Concat(moved));

        Assert.Empty(run.Errors);
        Assert.Equal(rows.Select(row => row.SubscriptionId), bought.Select(target => target.SourceSubscriptionId).Distinct());
        AssertSame(alone, run.Tenant);

        Task<List<ExpiringSubscription>> FindAsync(SandboxRun of) => customer is null ? of.FindAsync() : of.FindAsync(customer);
    }

    private static void AssertSame(SandboxRun alone, SandboxTenant tenant)
    {
        var state = tenant.GetState();
        Assert.Empty(state.Violations);
        Assert.Equal(EndState.Of(alone.Tenant.GetState()), EndState.Of(state));
    }

    private static async Task MigrateAsync(SandboxTenant tenant, TimeProvider time, string journal, string? customer = null)
    {
        using var run = await SandboxRun.ConnectAsync(tenant, through: null, time, journal);
        await run.MigrateAsync(options: null, query => query.Customers = customer is null ? null : [customer]);

        // Whoever comes too late finds nothing to do, or that another has done it; no one fails in another way.
        Assert.All(run.Errors, error => Assert.Equal("NotOurSubscription", error.ErrorId));
    }
}
