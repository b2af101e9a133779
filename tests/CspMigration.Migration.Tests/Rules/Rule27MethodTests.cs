using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
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

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public async Task A_part_that_someone_has_changed_to_the_same_product_is_no_transition_of_the_source(int seats)
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer(Whole);
        var planned = Assert.Single(await run.BuyAsync(await run.FindAsync(Whole), Transition, planOnly: true));
        var path = $"customers/{customer.Id}/subscriptions/{planned.SourceSubscriptionId}";
        var offered = (await service.GetAsync($"{path}/transitioneligibilities?eligibilityType=immediate"))["items"]!.AsArray()
            .Select(item => (string)item!["catalogItemId"]!).First(item => item.StartsWith(planned.OfferId!, StringComparison.OrdinalIgnoreCase));
        _ = await service.PostAsync($"{path}/transitions", new { toCatalogItemId = offered, quantity = seats, transitionType = "transition_only" });
        var source = Assert.Single(await run.FindAsync(Whole), row => row.SubscriptionId == planned.SourceSubscriptionId);

        var bought = await run.BuyOneAsync(source, Transition);
        var moved = Assert.Single(await run.MoveAsync([bought]));
        var kept = Assert.Single(await run.SuspendAsync([moved]));

        Assert.Equal(planned.Quantity - seats, source.Quantity);
        Assert.Equal((TargetOutcome.Transitioned, source.Quantity, true, SuspensionOutcome.Kept), (bought.Outcome, bought.Quantity, moved.IsComplete, kept.Outcome));
        Assert.Equal((Plan, "Renews"), (run.Subscription(source.SubscriptionId!).SkuId, run.Subscription(source.SubscriptionId!).EndOfTerm));
        Assert.Equal(2, run.Tenant.GetRequests().ByRoute["POST /v1/customers/{customerId}/subscriptions/{subscriptionId}/transitions"]);
        Assert.Empty(run.Errors);
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

    [Fact]
    public async Task After_a_transition_that_failed_the_same_line_begins_another()
    {
        using var run = await SandboxRun.StartAsync("new-commerce:firstTransition=fails");
        var rows = await run.FindAsync(Whole);
        var options = new MigrationRunOptions { Purchases = Transition };

        var failed = await run.RunAsync(rows, options);
        Assert.Equal((MigrationState.Failed, "TransitionFailed"), (Assert.Single(failed.Migrations).State, Assert.Single(failed.Failures).Error.ErrorId));
        Assert.Equal((MigrationState.Failed, "TransitionFailed"), Assert.Single(await run.RefreshAsync()) is var known ? (known.State, known.ErrorId) : default);
        var done = Assert.Single((await run.RunAsync(await run.FindAsync(Whole), options)).Migrations);

        Assert.Equal((MigrationState.Completed, TargetOutcome.Transitioned, SuspensionOutcome.Kept), (done.State, done.Target!.Outcome, done.Suspension!.Outcome));
        Assert.Equal(2, run.Tenant.GetRequests().ByRoute["POST /v1/customers/{customerId}/subscriptions/{subscriptionId}/transitions"]);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_source_whose_transition_failed_is_no_target_and_is_not_kept()
    {
        using var run = await SandboxRun.StartAsync("new-commerce:firstTransition=fails");
        var row = await run.FindOneAsync(Whole);
        _ = await run.MoveAsync(await run.BuyAsync([row], Transition));
        Assert.Equal("TransitionFailed", run.TakeError().ErrorId);

        Assert.Empty(await run.SuspendAsync([new SuspensionRequest { CustomerId = row.CustomerId, SubscriptionId = row.SubscriptionId }]));
        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
        Assert.Equal(SuspensionOutcome.EndsWithTerm, Assert.Single(await run.FinishAsync(await run.FindAsync(Whole))).Outcome);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData(MigrationMethod.Transition)]
    [InlineData(MigrationMethod.Renewal)]
    public async Task Seats_that_somebody_adds_right_before_it_is_sent_are_planned_again(MigrationMethod method)
    {
        InterveningHandler? others = null;
        using var run = await SandboxRun.StartAsync("new-commerce", inner => others = new InterveningHandler(inner, "", HttpMethod.Get, skip: 2));
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(Whole);
        others!.PathEnd = row.SubscriptionId!;
        others.Act = () => service.ChangeSubscriptionAsync(run.Customer(Whole), row.SubscriptionId!, ("quantity", 12));

        var bought = await run.BuyOneAsync(row, new PurchaseOptions { Method = method });

        Assert.Equal((12, method), (bought.Quantity, bought.Method));
        Assert.Equal(12, run.Subscription(row.SubscriptionId!).Quantity);
        Assert.True(method == MigrationMethod.Transition || Assert.Single(run.Subscription(row.SubscriptionId!).ScheduledActions).Quantity == 12);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_somebody_schedules_right_before_a_renewal_is_what_a_rollback_restores(int readings)
    {
        InterveningHandler? others = null;
        using var run = await SandboxRun.StartAsync("new-commerce", inner => others = new InterveningHandler(inner, "", HttpMethod.Get, readings));
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(AtRenewal);
        others!.PathEnd = row.SubscriptionId!;
        others.Act = () => service.ChangeSubscriptionAsync(run.Customer(AtRenewal), row.SubscriptionId!, ("scheduledActions", new JsonArray(new JsonObject { ["scheduleType"] = "TermEnd", ["actionType"] = "Cancel" })));

        Assert.Equal(TargetOutcome.Scheduled, (await run.BuyOneAsync(row, Renewal)).Outcome);
        Assert.Equal("RenewsIntoAnother", run.Subscription(row.SubscriptionId!).EndOfTerm);
        _ = await run.UndoAsync(row);

        Assert.Equal("Cancel", Assert.Single(run.Subscription(row.SubscriptionId!).ScheduledActions).ActionType);
    }

    [Fact]
    public async Task What_somebody_schedules_while_the_prompt_stands_is_asked_about()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(AtRenewal);
        var confirmer = new ScriptedConfirmer(() => service.ChangeSubscriptionAsync(
            run.Customer(AtRenewal), row.SubscriptionId!, ("scheduledActions", new JsonArray(new JsonObject { ["scheduleType"] = "TermEnd", ["actionType"] = "Cancel" }))));
        run.Confirmer = confirmer;

        _ = await run.BuyOneAsync(row, Renewal);

        Assert.Equal(2, confirmer.Asked.Count);
        Assert.Contains("; now: Expires on", confirmer.Asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_renew_is_never_turned_on_without_the_next_term()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("new-commerce:endOfTerm=refuse", inner => recorder = new RequestRecorder(inner));
        var row = await run.FindOneAsync(AtRenewal);

        Assert.Equal("MethodNotAvailable", (await run.RefusePurchaseAsync(row, Renewal)).ErrorId);

        Assert.Contains("RenewToNewTerm", Assert.Single(recorder!.Writes).Body, StringComparison.Ordinal);
        Assert.False(run.Subscription(row.SubscriptionId!).AutoRenewEnabled);
    }

    // Whoever takes a schedule off has decided: nothing is bought or scheduled for a source that renews.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_schedule_that_somebody_has_taken_off_is_reported_and_the_source_is_one_like_any_other(bool renews)
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(AtRenewal);
        _ = await run.FinishAsync([row], Renewal);
        await service.ChangeSubscriptionAsync(run.Customer(AtRenewal), row.SubscriptionId!, ("autoRenewEnabled", renews), ("scheduledActions", new JsonArray()), ("scheduledNextTermInstructions", null));

        var now = Assert.Single(await run.RefreshAsync());
        Assert.Equal((MigrationState.Discovered, "EndOfTermChanged"), (now.State, now.ErrorId));
        var found = await run.FindAsync(AtRenewal);
        Assert.Equal(renews ? [] : [MigrationState.Discovered], found.Select(source => source.MigrationState));
        Assert.Empty(await run.SuspendAsync([new SuspensionRequest { CustomerId = row.CustomerId, SubscriptionId = row.SubscriptionId }]));
        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);

        var writes = run.Writes();
        Assert.Equal(TargetOutcome.Scheduled, (await run.BuyOneAsync(row, Renewal)).Outcome);
        Assert.Equal((writes + 1, "RenewsIntoAnother"), (run.Writes(), run.Subscription(row.SubscriptionId!).EndOfTerm));
    }

    [Fact]
    public async Task After_the_renewal_auto_renew_is_the_decision_of_whoever_turns_it_off()
    {
        var time = new SettableTime("2026-06-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("new-commerce", time: time);
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(AtRenewal);
        _ = await run.FinishAsync([row], Renewal);
        time.Advance(TimeSpan.FromDays(32));
        await service.ChangeSubscriptionAsync(run.Customer(AtRenewal), row.SubscriptionId!, ("autoRenewEnabled", false));
        var writes = run.Writes();

        Assert.Equal(SuspensionOutcome.Kept, Assert.Single(await run.FinishAsync(await run.FindAsync(query => query.Customers = [AtRenewal]), Renewal)).Outcome);

        Assert.Equal((writes, false), (run.Writes(), run.Subscription(row.SubscriptionId!).AutoRenewEnabled));
    }

    [Theory]
    [InlineData(MigrationMethod.Transition)]
    [InlineData(MigrationMethod.Renewal)]
    public async Task A_trial_is_converted_and_has_no_other_method(MigrationMethod method)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var trial = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeTrial) = (["Trial that converts"], true)));

        Assert.Equal("MethodNotAvailable", (await run.RefusePurchaseAsync(trial, new PurchaseOptions { Method = method })).ErrorId);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task A_target_that_was_obtained_by_another_method_than_is_asked_for_stays_and_is_told()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        var row = await run.FindOneAsync(Whole);
        _ = await run.BuyOneAsync(row);
        var writes = run.Writes();

        Assert.Equal((TargetOutcome.Resumed, writes), ((await run.BuyOneAsync(row, Transition)).Outcome, run.Writes()));

        Assert.Contains(run.Observer.Messages, message => message.Contains("not obtained by a transition", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_sources_of_a_pool_are_changed_and_every_user_ends_on_the_target()
    {
        using var run = await SandboxRun.StartAsync("new-commerce");
        var rows = await run.FindAsync("Pool of two");

        var ended = await run.FinishAsync(rows, Transition);

        Assert.Equal([SuspensionOutcome.Kept, SuspensionOutcome.Kept], ended.Select(end => end.Outcome));
        Assert.All(run.Customer("Pool of two").Users, user => Assert.Equal(Plan, Assert.Single(user.Licenses).SkuId));
        Assert.All(rows, row => Assert.Equal((Plan, "Renews"), (run.Subscription(row.SubscriptionId!).SkuId, run.Subscription(row.SubscriptionId!).EndOfTerm)));
        Assert.Empty(run.Errors);
        Assert.Empty(run.Tenant.GetState().Violations);
        var writes = run.Writes();
        _ = await run.FinishAsync(rows, Transition);
        Assert.Equal(writes, run.Writes());
    }

    private static async Task<CspMigrationException> UndoRefusalAsync(SandboxRun run, ExpiringSubscription row)
    {
        Assert.Empty(await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]));
        return run.TakeError();
    }
}
