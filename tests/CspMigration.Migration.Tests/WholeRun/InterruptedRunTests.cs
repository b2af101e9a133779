using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Resilience;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.WholeRun;

/// <summary>A run over many customers dies in the middle; the same command again ends complete, with one purchase a source.</summary>
public sealed class InterruptedRunTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private const int Customers = 20;
    private const int SubscriptionsEach = 2;

    // Few at once, so that some customers are finished and others not begun.
    private static readonly MigrationRunOptions Options = new() { CustomersAtOnce = 3 };

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(0.6, true)]
    [InlineData(0.9, false)]
    public async Task The_same_line_again_ends_complete_with_one_purchase_a_source(double share, bool afterTheService)
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var scenario = $"scale:customers={Customers},subscriptions={SubscriptionsEach},users=6";
        var requests = await CountRequestsAsync(scenario, time);
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, Time = time });
        var journal = folder.File("journal.jsonl");
        await KillAsync(tenant, time, journal, at: (int)(requests * share), afterTheService);
        var ordersBefore = Orders(tenant);

        using var again = await SandboxRun.ConnectAsync(tenant, through: null, time, journal);
        var result = await again.RunAsync(await again.FindAsync());

        var state = tenant.GetState();
        Assert.Empty(result.Failures);
        Assert.Empty(state.Violations);
        Assert.All(result.Migrations, migration => Assert.Equal(MigrationState.Completed, migration.State));
        Assert.All(again.Client.Status.Read(), migration => Assert.Equal(0, migration.LicenseMove!.Failed));
        Assert.Equal(Customers * SubscriptionsEach, Orders(tenant));
        Assert.Equal(Customers * SubscriptionsEach, state.Customers.Sum(customer => customer.Subscriptions.Count(subscription => subscription.Status == "suspended")));
        report.Write($"whole run killed at {share:P0} of {requests} requests, with {ordersBefore} purchases made: finished with {Orders(tenant)}, 0 violations");
    }

    private static async Task<int> CountRequestsAsync(string scenario, VirtualTime time)
    {
        using var death = new CancellationTokenSource();
        CrashingHandler? counter = null;
        using var run = await SandboxRun.StartAsync(scenario, inner => counter = new CrashingHandler(inner, int.MaxValue, afterTheService: false, death), time: time);
        _ = await run.RunAsync(await run.FindAsync(), Options);
        return counter!.Requests;
    }

    private static async Task KillAsync(SandboxTenant tenant, VirtualTime time, string journal, int at, bool afterTheService)
    {
        using var death = new CancellationTokenSource();
        using var run = await SandboxRun.ConnectAsync(tenant, inner => new CrashingHandler(inner, at, afterTheService, death), time, journal, death.Token);
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            _ = await run.RunAsync(await run.FindAsync(), Options, stopping: death.Token);
        });
    }

    private static int Orders(SandboxTenant tenant) => tenant.GetState().Customers.Sum(customer => customer.Orders.Count(order => order.Origin == "api"));
}
