using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>
/// A purchase is accepted, and its subscription is listed late, or by then under another name: whatever ends the run in
/// between, the same command again buys nothing more and finds what was bought.
/// </summary>
public sealed class LateListTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    // The one before the purchase is sent, itself, and those that look for what came of it.
    private const int Points = 4;

    private const string Legacy = "contoso:subscriptionListLag=PT3M,orderListLag=PT5M";
    private const string NewCommerce = "contoso:subscriptionListLag=PT3M,orderListLag=PT5M,legacyCommerce=closed";
    private const string Late = "contoso:subscriptionListLag=PT1H";
    private const string Subscriptions = "/v1/customers/{customerId}/subscriptions";
    private const string Storage = "Dynamics 365 Additional Database Storage";

    [Theory]
    [InlineData(Legacy, true, true)]
    [InlineData(Legacy, false, true)]
    [InlineData(NewCommerce, true, true)]
    public async Task Whatever_ends_the_run_the_same_line_again_buys_nothing_more(string scenario, bool hasSource, bool isRenamed)
    {
        var undisturbed = await RunAsync(scenario, hasSource, isRenamed: false, RunEnd.CrashBefore, at: int.MaxValue);
        Assert.Empty(undisturbed.Wrong);
        var failures = new List<string>();
        foreach (var end in Enum.GetValues<RunEnd>())
        {
            foreach (var at in Enumerable.Range(undisturbed.Purchase - 1, Points))
            {
                var (_, wrong) = await RunAsync(scenario, hasSource, isRenamed, end, at);
                if (wrong.Count > 0)
                {
                    failures.Add($"{end} at request {at}: {string.Join("; ", wrong)}");
                }
            }
        }

        var ends = Points * Enum.GetValues<RunEnd>().Length;
        report.Write($"late list, {scenario}{(hasSource ? "" : ", no source")}{(isRenamed ? ", renamed" : "")}: {ends} ends of the run, {failures.Count} violations");
        Assert.True(failures.Count == 0, $"{failures.Count} of {ends}: {string.Join(Environment.NewLine, failures.Take(5))}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_not_listed_in_time_is_ProvisioningPending_again_and_again_and_bought_once(bool hasSource)
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Late, time: time);

        Assert.Equal("ProvisioningPending", await BuyAsync(run, hasSource));
        Assert.Equal("ProvisioningPending", await BuyAsync(run, hasSource));
        var writes = run.Writes();
        time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await BuyAsync(run, hasSource));
        Assert.Equal(writes, run.Writes());
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task What_is_not_listed_yet_cannot_be_taken_back_before_it_is()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Late, time: time);
        var source = Assert.Single(await run.FindAsync());
        _ = await BuyAsync(run, hasSource: true);

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));
        Assert.Equal("ProvisioningPending", run.TakeError().ErrorId);
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(MigrationState.RolledBack, Assert.Single(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)])).State);
        Assert.Equal("suspended", Assert.Single(run.Customer().Subscriptions, other => other.Id != source.SubscriptionId).Status);
    }

    [Fact]
    public async Task What_was_accepted_is_planned_as_bought_and_counts_against_no_limit()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Late, time: time);
        _ = await BuyAsync(run, hasSource: true);

        var planning = await run.Client.Purchases.PlanAsync(await run.FindAsync(), new PurchaseOptions(), CancellationToken.None);

        var plan = Assert.Single(planning.Plans);
        Assert.Equal((false, 0, 0), (plan.NeedsWrite, plan.PurchaseCount, plan.SeatCount));
        Assert.Equal((TargetOutcome.Purchased, 25, true), Assert.Single(plan.ToPlanned()) is var planned ? (planned.Outcome, planned.Quantity, planned.IsPlanned) : default);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_add_on_accepted_and_not_listed_is_not_bought_again_either(bool isRenamed)
    {
        using var time = VirtualTime.Automatic();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = Legacy, ProvisioningDelay = TimeSpan.Zero, Time = time });
        using var run = await SandboxRun.ConnectAsync(tenant, through: null, time, journalPath: null);
        var options = new PurchaseOptions { AddOns = [Storage] };
        var source = Assert.Single(await run.FindAsync());
        _ = await run.BuyOneAsync(source);
        tenant.SetFaults(new SandboxFault("GET", Subscriptions, "status:403", skip: 2, times: 1));

        Assert.Empty(await run.BuyAsync([source], options));
        _ = run.TakeError();
        if (isRenamed)
        {
            await RenameAsync(tenant);
        }

        _ = await run.BuyOneAsync(source, options);
        _ = await run.BuyOneAsync(source, options);

        Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage);
    }

    [Fact]
    public async Task An_accepted_order_that_was_canceled_is_an_error_and_then_bought_anew()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Late, inner => new CancelledOrders(inner), time: time);

        Assert.Equal("ProvisioningFailed", await BuyAsync(run, hasSource: true));
        var plan = Assert.Single((await run.Client.Purchases.PlanAsync(await run.FindAsync(), new PurchaseOptions(), CancellationToken.None)).Plans);

        Assert.Equal((true, 1), (plan.NeedsWrite, plan.PurchaseCount));
    }

    [Fact]
    public async Task A_purchase_without_a_source_is_known_by_the_journal_when_it_was_renamed()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        Assert.Null(await BuyAsync(run, hasSource: false));
        await RenameAsync(run.Tenant);

        Assert.Null(await BuyAsync(run, hasSource: false));

        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task A_purchase_whose_reply_was_lost_is_not_given_up_because_the_sign_in_ends()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Legacy, time: time);
        run.Tenant.SetFaults(
            new SandboxFault("POST", "/v1/customers/{customerId}/orders", "drop-after"),
            new SandboxFault("POST", "/v1/customers/{customerId}/orders", "status:401", skip: 1));

        Assert.Equal("Unauthorized", await BuyAsync(run, hasSource: true));
        Assert.Null(await BuyAsync(run, hasSource: true));

        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Theory]
    [InlineData(Late, null)]
    [InlineData("contoso:subscriptionListLag=PT1H,orderListLag=PT15M", "ProvisioningPending")]
    public async Task A_limit_that_the_purchase_itself_may_have_reached_is_no_answer_to_it(string scenario, string? errorId)
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(scenario, time: time);
        const string Orders = "/v1/customers/{customerId}/orders";
        run.Tenant.SetFaults(new SandboxFault("POST", Orders, "drop-after"), new SandboxFault("POST", Orders, "status:400;code=27006", skip: 1, times: 10_000));

        Assert.Equal(errorId, await BuyAsync(run, hasSource: true));
        Assert.Equal(errorId, await BuyAsync(run, hasSource: true));
        run.Tenant.SetFaults();
        time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await BuyAsync(run, hasSource: true));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task What_is_known_by_its_order_and_listed_late_is_used_and_rolled_back()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Late, time: time);
        const string Orders = "/v1/customers/{customerId}/orders";
        run.Tenant.SetFaults(new SandboxFault("POST", Orders, "drop-after"), new SandboxFault("POST", Orders, "status:400;code=27006", skip: 1, times: 10_000));
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(source);

        Assert.Equal(MigrationState.RolledBack, Assert.Single(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)])).State);

        Assert.Equal("suspended", run.Subscription(bought.TargetSubscriptionId!).Status);
    }

    [Fact]
    public async Task A_limit_that_others_have_reached_ends_a_purchase_that_was_never_made()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Legacy, time: time);
        const string Orders = "/v1/customers/{customerId}/orders";
        run.Tenant.SetFaults(new SandboxFault("POST", Orders, "drop-before"), new SandboxFault("POST", Orders, "status:400;code=27006", skip: 1, times: 10_000));

        Assert.Equal("ProvisioningPending", await BuyAsync(run, hasSource: true));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("OfferLimitReached", await BuyAsync(run, hasSource: true));
        run.Tenant.SetFaults();

        Assert.Null(await BuyAsync(run, hasSource: true));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    private static async Task<(int Purchase, List<string> Wrong)> RunAsync(string scenario, bool hasSource, bool isRenamed, RunEnd end, int at)
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, ProvisioningDelay = TimeSpan.Zero, Time = time });
        using var death = new CancellationTokenSource();
        EndingHandler? ending = null;
        try
        {
            using var run = await SandboxRun.ConnectAsync(tenant, inner => ending = new EndingHandler(inner, end, at, death), time, journal, death.Token);
            _ = await BuyAsync(run, hasSource, death.Token);
        }
        catch (CspMigrationException)
        {
            // Refused before anything could be asked.
        }
        catch (OperationCanceledException) when (death.IsCancellationRequested)
        {
            // The process has died.
        }

        if (isRenamed)
        {
            await RenameAsync(tenant);
        }

        using var again = await SandboxRun.ConnectAsync(tenant, through: null, time, journal);
        var error = await BuyAsync(again, hasSource);
        var state = tenant.GetState();
        var orders = state.Customers[0].Orders.Count(order => order.Origin == "api");
        return (ending!.Purchase, [.. state.Violations, .. error is null ? Array.Empty<string>() : [error], .. orders == 1 ? Array.Empty<string>() : [$"{orders} orders"]]);
    }

    // The id of the error; null where it was bought or found.
    private static async Task<string?> BuyAsync(SandboxRun run, bool hasSource, CancellationToken stopping = default)
    {
        try
        {
            if (!hasSource)
            {
                _ = await run.BuyNewAsync(run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 });
                return null;
            }

            var bought = await run.BuyAsync(await run.FindAsync());
            stopping.ThrowIfCancellationRequested();
            return run.Errors.Count > 0 ? run.TakeError().ErrorId : Assert.Single(bought).TargetSubscriptionId is null ? "no id" : null;
        }
        catch (CspMigrationException e)
        {
            return e.ErrorId;
        }
    }

    // What someone does who does not know what the mark is for.
    private static async Task RenameAsync(SandboxTenant tenant)
    {
        using var service = new DirectService(tenant);
        var customer = tenant.GetState().Customers[0];
        foreach (var bought in customer.Subscriptions.Where(subscription => subscription.FriendlyName.EndsWith(')')))
        {
            await service.ChangeSubscriptionAsync(customer, bought.Id, ("friendlyName", JsonValue.Create("Renamed")));
        }
    }
}
