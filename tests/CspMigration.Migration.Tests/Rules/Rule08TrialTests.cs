using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 8: trials have a catalog heading of their own; a trial source converts, and is kept.</summary>
public sealed class Rule08TrialTests
{
    [Fact]
    public async Task Trials_are_listed_under_their_own_heading_and_nowhere_else()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var trials = new List<TargetOffer>();
        var paid = new List<TargetOffer>();

        await run.Client.Catalog.ListAsync(new OfferQuery { Trial = true }, Results.Into(trials), default);
        await run.Client.Catalog.ListAsync(new OfferQuery(), Results.Into(paid), default);

        Assert.Contains(trials, offer => offer.Id == Ids.EngagementPlanTrial);
        Assert.Contains(trials, offer => offer.Commerce == CommerceKind.NewCommerce);
        Assert.All(trials, offer => Assert.True(offer.IsTrial));
        Assert.NotEmpty(paid);
        Assert.All(paid, offer => Assert.False(offer.IsTrial));
    }

    [Fact]
    public async Task A_trial_becomes_the_paid_offer_in_place()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = run.Customer("Trial that converts");
        var trial = Assert.Single(await FindTrialAsync(run, before.CompanyName));

        var target = await run.BuyOneAsync(trial);

        Assert.Equal(TargetOutcome.Converted, target.Outcome);
        Assert.Equal(trial.SubscriptionId, target.TargetSubscriptionId);
        Assert.Equal((Ids.EngagementPlan1, 25, "P1Y", "monthly"), (target.OfferId, target.Quantity, target.TermDuration, target.BillingCycle));
        Assert.False(target.LicenseMoveNeeded);
        var after = run.Customer(before.CompanyName);
        var converted = Assert.Single(after.Subscriptions);
        Assert.Equal((Ids.EngagementPlan1, 25, "active", true), (converted.OfferId, converted.Quantity, converted.Status, converted.AutoRenewEnabled));
        Assert.Equal(before.Users.Select(user => user.Licenses.Single().SkuId), after.Users.Select(user => user.Licenses.Single().SkuId));
        Assert.Equal(1, run.Writes());
    }

    [Fact]
    public async Task Nothing_moves_and_nothing_is_suspended()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var bought = await run.BuyAsync(await FindTrialAsync(run, "Trial that converts"));
        var writes = run.Writes();

        var move = Assert.Single(await run.MoveAsync(bought));
        var kept = Assert.Single(await run.SuspendAsync([move]));

        Assert.Equal((0, 0, 0, true), (move.Moved, move.Failed, move.Remaining, move.IsComplete));
        Assert.Equal((SuspensionOutcome.Kept, "active"), (kept.Outcome, kept.Status));
        Assert.Null(kept.SuspendedOn);
        Assert.Equal(writes, run.Writes());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_plan_says_what_the_trial_becomes_and_that_it_is_kept()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var planned = await run.BuyAsync(await FindTrialAsync(run, "Trial that converts"), planOnly: true);
        var kept = Assert.Single(await run.SuspendAsync(await run.MoveAsync(planned)));

        Assert.Equal((TargetOutcome.Converted, Ids.EngagementPlan1, 25), (planned[0].Outcome, planned[0].OfferId, planned[0].Quantity));
        Assert.True(planned[0].IsPlanned && kept.IsPlanned);
        Assert.Equal(SuspensionOutcome.Kept, kept.Outcome);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Seats_and_cycle_can_be_named()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var target = await run.BuyOneAsync(
            Assert.Single(await FindTrialAsync(run, "Trial that converts")), new PurchaseOptions { Quantity = 40, BillingCycle = "Annual" });

        Assert.Equal((TargetOutcome.Converted, 40, "annual"), (target.Outcome, target.Quantity, target.BillingCycle));
        Assert.Equal(40, run.Subscription(target.TargetSubscriptionId!).Quantity);
    }

    [Fact]
    public async Task A_target_it_cannot_become_is_refused_and_what_it_can_become_is_named()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var error = await run.RefusePurchaseAsync(
            Assert.Single(await FindTrialAsync(run, "Trial that converts")), new PurchaseOptions { Target = "Dynamics 365 Sales" });

        Assert.Equal("TargetNotOnSale", error.ErrorId);
        Assert.Contains(Ids.EngagementPlan1, error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task A_trial_the_service_offers_no_conversion_for_is_told_beforehand()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var trial = Assert.Single(await FindTrialAsync(run, "Trial that does not convert"));

        var readiness = await run.CheckAsync(trial);
        var error = await run.RefusePurchaseAsync(trial);

        Assert.Equal((ReadinessVerdict.Blocked, "TargetNotOnSale"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal("TargetNotOnSale", error.ErrorId);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task A_refusal_inside_of_a_success_is_a_refusal()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var operation = run.Client;
        var trial = Assert.Single(await FindTrialAsync(run, "Trial that converts"));
        var planning = await operation.Purchases.PlanAsync([trial], new PurchaseOptions(), default);

        // Someone suspends it before the planned conversion is asked for.
        await service.ChangeSubscriptionAsync(run.Customer("Trial that converts"), trial.SubscriptionId!, ("status", "suspended"));
        var error = await Assert.ThrowsAsync<CspMigrationException>(() => operation.Purchases.ExecuteAsync(Assert.Single(planning.Plans), default));

        Assert.Equal(("TargetNotOnSale", "800020"), (error.ErrorId, error.ServiceCode));
        Assert.Equal(Ids.EngagementPlanTrial, Assert.Single(run.Customer("Trial that converts").Subscriptions).OfferId);
    }

    private static Task<List<ExpiringSubscription>> FindTrialAsync(SandboxRun run, string customer) =>
        run.FindAsync(query => (query.Customers, query.IncludeTrial) = ([customer], true));
}
