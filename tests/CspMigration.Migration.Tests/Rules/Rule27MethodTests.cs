using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rules 27 and 28: a source of new commerce becomes its target by a purchase, by the service's transition, or at its renewal; and what can be rolled back of that.</summary>
public sealed class Rule27MethodTests
{
    private const string Whole = "Transition of all seats";
    private const string AtRenewal = "Renewal only";
    private const string Plan = "ea126fc5-a19e-42e2-a731-da9d437bffcf";
    private const string TeamMembers = "7ac9fe77-66b7-4e5e-9e46-10eed1cff547";

    private static readonly PurchaseOptions Transition = new() { Method = MigrationMethod.Transition };
    private static readonly PurchaseOptions Renewal = new() { Method = MigrationMethod.Renewal };

    [Theory]
    [InlineData(Whole, Plan)]
    [InlineData(AtRenewal, TeamMembers)]
    public async Task By_renewal_the_same_subscription_has_the_targets_product_after_its_term(string customer, string skuId)
    {
        var time = new SettableTime("2026-06-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("new-commerce", time: time);
        var row = await run.FindOneAsync(customer);
        var orders = run.Customer(customer).Orders.Count;

        var bought = await run.BuyOneAsync(row, Renewal);
        var moved = Assert.Single(await run.MoveAsync([bought]));
        var kept = Assert.Single(await run.SuspendAsync([moved]));

        Assert.Equal((TargetOutcome.Scheduled, MigrationMethod.Renewal, row.SubscriptionId, 0, "2026-07-11"), (bought.Outcome, bought.Method, bought.TargetSubscriptionId, bought.OverlapDays, $"{bought.EffectiveOn:yyyy-MM-dd}"));
        Assert.Equal((false, SuspensionOutcome.Kept), (moved.IsComplete, kept.Outcome));
        Assert.Equal("RenewsIntoAnother", run.Subscription(row.SubscriptionId!).EndOfTerm);
        Assert.Equal(MigrationState.Scheduled, Assert.Single(await run.RefreshAsync()).State);
        var writes = run.Writes();
        Assert.Equal(MigrationState.Scheduled, (await run.FindOneAsync(customer)).MigrationState);
        _ = await run.FinishAsync(await run.FindAsync(customer), Renewal);
        Assert.Equal(writes, run.Writes());

        time.Advance(TimeSpan.FromDays(32));

        Assert.Equal(MigrationState.Completed, Assert.Single(await run.RefreshAsync()).State);
        Assert.All(run.Customer(customer).Users, user => Assert.Equal(skuId, Assert.Single(user.Licenses).SkuId));
        Assert.Equal((skuId, "active"), (run.Subscription(row.SubscriptionId!).SkuId, run.Subscription(row.SubscriptionId!).Status));
        var done = Assert.Single((await run.RunAsync(await run.FindAsync(customer), new MigrationRunOptions { Purchases = Renewal })).Migrations);
        Assert.Equal((MigrationState.Completed, writes, orders), (done.State, run.Writes(), run.Customer(customer).Orders.Count));
        Assert.Empty(await run.FindAsync(customer));
        Assert.Empty(run.Errors);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task By_transition_the_service_changes_all_seats_and_moves_the_licenses()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        var row = await run.FindOneAsync(Whole);

        var bought = await run.BuyOneAsync(row, Transition);
        var moved = Assert.Single(await run.MoveAsync([bought]));
        var kept = Assert.Single(await run.SuspendAsync([moved]));

        Assert.Equal((TargetOutcome.Transitioned, row.SubscriptionId, 0), (bought.Outcome, bought.TargetSubscriptionId, bought.OverlapDays));
        Assert.Equal((true, 0, SuspensionOutcome.Kept), (moved.IsComplete, moved.Remaining, kept.Outcome));
        Assert.All(run.Customer(Whole).Users, user => Assert.Equal(Plan, Assert.Single(user.Licenses).SkuId));
        Assert.Equal((Plan, "Renews"), (run.Subscription(row.SubscriptionId!).SkuId, run.Subscription(row.SubscriptionId!).EndOfTerm));
        Assert.Equal(MigrationState.Completed, Assert.Single(await run.RefreshAsync()).State);
        Assert.Equal("TooLateToUndo", (await UndoRefusalAsync(run, row)).ErrorId);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Where_the_service_moves_no_licenses_they_are_moved_by_hand_as_far_as_the_pool_needs_it()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        var rows = await run.FindAsync("Pool of two");

        var bought = await run.BuyOneAsync(rows[0], Transition);
        var moved = Assert.Single(await run.MoveAsync([bought]));

        // Of fourteen users, ten stay on the seats of the other subscription.
        Assert.Equal((true, 4, 0), (moved.IsComplete, moved.Moved, moved.Remaining));
        Assert.Equal(4, run.Customer("Pool of two").Users.Count(user => user.Licenses.Single().SkuId == Plan));
        Assert.Empty(run.Errors);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    [InlineData("status:503")]
    public async Task A_lost_reply_is_looked_up_and_no_transition_is_sent_twice(string fault)
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        run.Tenant.SetFaults(new SandboxFault("POST", "/v1/customers/{customerId}/subscriptions/{subscriptionId}/transitions", fault));

        var done = Assert.Single((await run.RunAsync(await run.FindAsync(Whole), new MigrationRunOptions { Purchases = Transition })).Migrations);

        Assert.Equal((MigrationState.Completed, TargetOutcome.Transitioned), (done.State, done.Target!.Outcome));
        Assert.Equal(1, run.Tenant.GetRequests().ByRoute["POST /v1/customers/{customerId}/subscriptions/{subscriptionId}/transitions"]);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_transition_that_fails_is_reported_and_can_be_begun_again()
    {
        var fails = true;
        using var run = await SandboxRun.StartAsync("new-commerce", inner => new RequestRecorder(inner, (path, text) =>
            fails && path.EndsWith("/transitions", StringComparison.Ordinal) ? text.Replace("\"Completed\"", "\"Failed\"", StringComparison.Ordinal) : text));
        var row = await run.FindOneAsync(Whole);

        Assert.Empty(await run.MoveAsync(await run.BuyAsync([row], Transition)));
        Assert.Equal("TransitionFailed", run.TakeError().ErrorId);
        fails = false;

        Assert.Equal(SuspensionOutcome.Kept, Assert.Single(await run.FinishAsync([row], Transition)).Outcome);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("Neither", MigrationMethod.Transition)]
    [InlineData("Neither", MigrationMethod.Renewal)]
    [InlineData("Transition in part", MigrationMethod.Transition)]
    [InlineData("Renewal only", MigrationMethod.Transition)]
    public async Task A_method_that_the_source_does_not_have_is_refused_before_anything_is_sent(string customer, MigrationMethod method)
    {
        using var run = await SandboxRun.StartAsync("new-commerce");

        var refusal = await run.RefusePurchaseAsync(await run.FindOneAsync(customer), new PurchaseOptions { Method = method });

        Assert.Equal(("MethodNotAvailable", 0), (refusal.ErrorId, run.Writes()));
        Assert.Contains("Purchase", refusal.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_that_does_not_stick_is_taken_back_at_once()
    {
        using var run = await SandboxRun.StartAsync("new-commerce:endOfTerm=ignore");
        var row = await run.FindOneAsync(AtRenewal);
        var before = run.Subscription(row.SubscriptionId!);

        var refusal = await run.RefusePurchaseAsync(row, Renewal);

        Assert.Equal("MethodNotAvailable", refusal.ErrorId);
        Assert.Equal((before.AutoRenewEnabled, before.EndOfTerm), (run.Subscription(row.SubscriptionId!).AutoRenewEnabled, run.Subscription(row.SubscriptionId!).EndOfTerm));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(null, true)]
    public async Task A_named_method_does_not_go_with_what_only_a_purchase_has(int? quantity, bool rightSize)
    {
        using var run = await SandboxRun.StartAsync("new-commerce");

        var refusal = await run.RefusePurchaseAsync(await run.FindOneAsync(Whole), Transition with { Quantity = quantity, RightSize = rightSize });

        Assert.Equal("MethodNotAvailable", refusal.ErrorId);
    }

    [Fact]
    public async Task A_legacy_source_has_the_purchase_alone()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        Assert.Equal("MethodNotAvailable", (await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), Transition)).ErrorId);
    }

    [Fact]
    public async Task What_is_scheduled_is_rolled_back_to_what_stood_there_before()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        var row = await run.FindOneAsync(AtRenewal);
        var before = run.Subscription(row.SubscriptionId!);
        _ = await run.BuyOneAsync(row, Renewal);

        _ = await run.UndoAsync(row);

        Assert.Equal((before.AutoRenewEnabled, before.EndOfTerm, before.ScheduledActions.Count), (run.Subscription(row.SubscriptionId!).AutoRenewEnabled, run.Subscription(row.SubscriptionId!).EndOfTerm, run.Subscription(row.SubscriptionId!).ScheduledActions.Count));
        Assert.Equal(MigrationState.RolledBack, Assert.Single(await run.RefreshAsync()).State);
    }

    [Theory]
    [InlineData(MigrationMethod.Transition)]
    [InlineData(MigrationMethod.Renewal)]
    public async Task A_plan_sends_nothing_and_the_run_does_what_it_says(MigrationMethod method)
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        var rows = await run.FindAsync(Whole);
        var options = new PurchaseOptions { Method = method };

        var planned = Assert.Single(await run.BuyAsync(rows, options, planOnly: true));
        var move = Assert.Single(await run.MoveAsync([planned]));
        var kept = Assert.Single(await run.SuspendAsync([move]));
        Assert.Equal((0, SuspensionOutcome.Kept, method == MigrationMethod.Transition), (run.Writes(), kept.Outcome, move.IsComplete));
        var bought = Assert.Single(await run.BuyAsync(rows, options));

        Assert.Equal((planned.Outcome, planned.Method, planned.OfferName, planned.Quantity, planned.SkuId), (bought.Outcome, bought.Method, bought.OfferName, bought.Quantity, bought.SkuId));
    }

    [Fact]
    public async Task A_purchase_says_for_how_long_both_are_billed_and_what_would_avoid_it()
    {
        using var run = await SandboxRun.StartAsync("new-commerce", time: new SettableTime("2026-06-10T12:00:00Z"));
        var confirmer = new ScriptedConfirmer(_ => Task.FromResult(ConfirmationAnswer.Confirmed));
        run.Confirmer = confirmer;

        var bought = await run.BuyOneAsync(await run.FindOneAsync(Whole));

        Assert.Equal((MigrationMethod.Purchase, 30), (bought.Method, bought.OverlapDays));
        Assert.Contains("both are billed for 30 days (a transition or a change at the renewal would avoid that)", Assert.Single(confirmer.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_somebody_has_scheduled_to_become_another_is_warned_of_before_a_purchase()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        using var service = new DirectService(run.Tenant);
        var id = run.Customer(AtRenewal).Subscriptions[0].Id;
        await service.ChangeSubscriptionAsync(run.Customer(AtRenewal), id, ("autoRenewEnabled", true), ("scheduledActions", new JsonArray(new JsonObject
        {
            ["scheduleType"] = "TermEnd",
            ["actionType"] = "RenewToNewTerm",
            ["instructions"] = new JsonObject { ["product"] = new JsonObject { ["productId"] = "CFQ7TTC0SB04", ["skuId"] = "0001", ["billingCycle"] = "monthly", ["termDuration"] = "P1Y" }, ["quantity"] = 10 },
        })));
        var row = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([AtRenewal], true)));

        Assert.Equal(EndOfTerm.RenewsIntoAnother, row.EndOfTerm);
        Assert.StartsWith("Renews into CFQ7TTC0SB04:0001 on", row.RenewalStatus, StringComparison.Ordinal);
        _ = await run.BuyAsync([row], planOnly: true);

        Assert.Contains(run.Observer.Messages, message => message.Contains("the customer pays for both", StringComparison.Ordinal));
    }

    private static async Task<CspMigrationException> UndoRefusalAsync(SandboxRun run, ExpiringSubscription row)
    {
        Assert.Empty(await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]));
        return run.TakeError();
    }
}
