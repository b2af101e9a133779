using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Users are moved to what lasts: to no trial, and to nothing that ends before a purchase would.</summary>
public sealed class TargetDurationTests
{
    private const string Customer = "Reseller of record";
    private const string Reseller = "4567890";
    private const string Limited = "Limited offer with too few seats";
    private const string NewCommerce = "contoso:legacyCommerce=closed";

    [Fact]
    public async Task The_seats_of_a_trial_are_no_free_seats()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(Customer);
        var trial = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = Ids.EngagementPlanTrial, Quantity = 25 });

        var readiness = await run.CheckAsync(source);
        var bought = await run.BuyOneAsync(source);
        _ = await run.SuspendAsync(await run.MoveAsync([bought]));

        Assert.Empty(run.Errors);
        Assert.Equal(ReadinessVerdict.Ready, readiness.Verdict);
        Assert.Equal((TargetOutcome.Purchased, 10), (bought.Outcome, bought.Quantity));
        Assert.NotEqual(trial.TargetSubscriptionId, bought.TargetSubscriptionId);
        Assert.Equal("active", run.Subscription(trial.TargetSubscriptionId!).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Seats_are_free_only_as_far_as_those_that_last_are_not_held()
    {
        // A trial with 25 seats, and two seats that last; one user holds one of the 27.
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync(Customer);
        _ = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = Ids.EngagementPlanTrial, Quantity = 25 });
        await service.OrderAsync(run.Customer(Customer), Ids.EngagementPlan1, 7, "Own", partnerIdOnRecord: Reseller);
        await service.AssignAsync(run.Customer(Customer), run.Customer(Customer).Users[0], Ids.EngagementPlanSku);

        // Six users hold the source, one of them the target too.
        Assert.Equal(TargetOutcome.Reused, (await run.BuyOneAsync(source, planOnly: true)).Outcome);
        await service.AssignAsync(run.Customer(Customer), run.Customer(Customer).Users[^1], Ids.EngagementPlanSku);
        Assert.Equal(TargetOutcome.Purchased, (await run.BuyOneAsync(source, planOnly: true)).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_is_moved_to_the_seats_of_a_trial_where_too_few_were_bought(bool planOnly)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(Customer);
        _ = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = Ids.EngagementPlanTrial, Quantity = 25 });
        var bought = await run.BuyOneAsync(source, new PurchaseOptions { Quantity = 4 }, planOnly);

        var move = Assert.Single(await run.MoveAsync([bought], planOnly: planOnly));
        var again = Assert.Single(await run.MoveAsync([bought], planOnly: planOnly));

        Assert.Equal((4, 2, 2, false), (move.Moved, move.Failed, move.Remaining, move.IsComplete));
        Assert.Equal(2, move.Users.Count(user => user.Outcome == UserMoveOutcome.NoFreeSeat));
        Assert.Equal((planOnly ? 4 : 0, 2), (again.Moved, again.Remaining));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_seat_that_somebody_cannot_take_is_the_next_one_s_before_those_of_a_trial()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync(Customer);
        _ = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = Ids.EngagementPlanTrial, Quantity = 25 });
        var bought = await run.BuyOneAsync(source, new PurchaseOptions { Quantity = 5 });
        run.Tenant.SetFaults(new SandboxFault("POST", "/v1/customers/{customerId}/users/{userId}/licenseupdates", "status:403;code=900308", times: 1));

        var move = Assert.Single(await run.MoveAsync([bought], new LicenseMoveOptions { UsersAtOnce = 1 }));

        // Of six users one is refused, and five have a seat.
        Assert.Equal((5, 1, 1), (move.Moved, move.Failed, move.Remaining));
    }

    [Fact]
    public async Task Whoever_uses_a_trial_takes_no_seat_from_those_it_was_bought_for()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync(Customer);
        _ = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = Ids.EngagementPlanTrial, Quantity = 25 });
        var user = run.Customer(Customer).Users[0];
        _ = await service.PostAsync(
            $"customers/{source.CustomerId}/users/{user.Id}/licenseupdates",
            new { licensesToAssign = new[] { new { skuId = Ids.EngagementPlanSku } }, licensesToRemove = user.Licenses.Select(license => license.SkuId) });

        // Of six users one has gone to the trial by hand.
        var move = Assert.Single(await run.MoveAsync([await run.BuyOneAsync(source, new PurchaseOptions { Quantity = 5 })]));

        Assert.Equal((5, 0, true), (move.Moved, move.Remaining, move.IsComplete));
    }

    [Fact]
    public async Task A_plan_uses_the_seats_of_a_trial_that_it_converts()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(Customer);
        var trial = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = Ids.EngagementPlanTrial, Quantity = 25, PartnerIdOnRecord = Reseller });
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeTrial) = ([Customer], true));

        var planned = await run.BuyAsync(rows, planOnly: true);
        var bought = await run.BuyAsync(rows);

        Assert.Empty(run.Errors);
        Assert.Equal((TargetOutcome.Reused, trial.TargetSubscriptionId), TargetOfSource(planned));
        Assert.Equal((TargetOutcome.Reused, trial.TargetSubscriptionId), TargetOfSource(bought));

        (TargetOutcome Outcome, string? Id) TargetOfSource(IEnumerable<TargetSubscription> targets)
        {
            var target = targets.Single(target => target.SourceSubscriptionId == source.SubscriptionId);
            return (target.Outcome, target.TargetSubscriptionId);
        }
    }

    [Theory]
    [InlineData(0, TargetOutcome.Reused)]
    [InlineData(2, TargetOutcome.Purchased)]
    public async Task What_does_not_renew_is_used_only_where_it_lasts_as_long_as_a_purchase(int days, TargetOutcome outcome)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(Customer), Ids.EngagementPlan1, 30, "Own", partnerIdOnRecord: Reseller);
        var own = run.Customer(Customer).Subscriptions.Single(subscription => subscription.FriendlyName == "Own");
        await service.ChangeSubscriptionAsync(run.Customer(Customer), own.Id, ("autoRenewEnabled", false));
        run.Tenant.AdvanceClock(TimeSpan.FromDays(days));

        // The module's clock is the sandbox's no more: to it, a purchase would begin when the other one did.
        using var later = await SandboxRun.ConnectAsync(run.Tenant, configure: options => options.Time = new SettableTime(run.Tenant.Now.ToString("O")));
        var readiness = await later.CheckAsync(await later.FindOneAsync(Customer));
        var bought = await later.BuyOneAsync(await later.FindOneAsync(Customer));

        Assert.Equal(outcome, bought.Outcome);
        Assert.Equal(outcome == TargetOutcome.Reused, readiness.Checks.Any(check => check.Message?.Contains("and does not renew", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task What_can_be_had_once_and_ends_is_an_error_and_its_remedy_helps()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var members = run.Customer(Limited).Subscriptions.Single(subscription => string.Equals(subscription.OfferId, Ids.TeamMembers, StringComparison.OrdinalIgnoreCase));
        await service.ChangeSubscriptionAsync(run.Customer(Limited), members.Id, ("autoRenewEnabled", false));
        var source = await run.FindOneAsync(Limited);

        var error = await run.RefusePurchaseAsync(source);
        _ = await run.SetAsync(source.CustomerId, members.Id, new SubscriptionSettings { AutoRenew = true });
        var target = await run.BuyOneAsync(source);

        Assert.Equal(("TargetExpires", members.Id), (error.ErrorId, error.SubscriptionId));
        Assert.EndsWith($"Set-Subscription -CustomerId {source.CustomerId} -SubscriptionId {members.Id} -AutoRenew $true", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((TargetOutcome.Resized, 15), (target.Outcome, target.Quantity));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_undo_has_ended_is_made_to_renew_again(bool isWholeRun)
    {
        using var folder = new TemporaryFolder();
        var (run, source, bought) = await UndoLateAsync(folder);
        using var undone = run;
        Assert.False(AutoRenewOf(run, bought));
        var user = new ScriptedConfirmer(() => Task.CompletedTask);
        run.Confirmer = user;

        var planned = await run.BuyOneAsync(source, planOnly: true);
        Assert.False(AutoRenewOf(run, bought));
        if (isWholeRun)
        {
            var plan = await run.Client.Runs.PlanAsync([source], new MigrationRunOptions(), default);
            Assert.StartsWith("Set Dynamics 365 Unified Operations Plan (", plan.ActionText, StringComparison.Ordinal);
            Assert.Equal(MigrationState.Completed, Assert.Single((await run.RunAsync([source])).Migrations).State);
        }
        else
        {
            _ = await run.FinishAsync([source]);
            Assert.Matches("^Set Dynamics 365 Unified Operations Plan .* to renew again after a rollback", user.Asked[0]);
        }

        Assert.Empty(run.Errors);
        Assert.Equal((TargetOutcome.Resumed, bought.TargetSubscriptionId), (planned.Outcome, planned.TargetSubscriptionId));
        Assert.True(AutoRenewOf(run, bought));
        Assert.Empty(run.Tenant.GetState().Violations);

        // It is a migration again, as any other: it is known as one, and can be undone again, whatever the target is called by then.
        var standing = Assert.Single(run.Client.Status.Read());
        Assert.Equal(
            (MigrationState.Completed, TargetOutcome.Purchased, CommerceKind.NewCommerce), (standing.State, standing.Target!.Outcome, standing.Target.Commerce));
        using var service = new DirectService(run.Tenant);
        await service.ChangeSubscriptionAsync(run.Customer(), bought.TargetSubscriptionId!, ("friendlyName", "ERP"));
        _ = Assert.Single(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));
        Assert.False(AutoRenewOf(run, bought));
        Assert.Equal(MigrationState.RolledBack, Assert.Single(run.Client.Status.Read()).State);
    }

    [Fact]
    public async Task A_target_that_somebody_else_has_ended_is_an_error_and_its_remedy_helps()
    {
        const string ErrorId = "TargetExpires";
        using var run = await SandboxRun.StartAsync(NewCommerce);
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(source);
        run.Tenant.AdvanceClock(TimeSpan.FromDays(2));
        await service.ChangeSubscriptionAsync(run.Customer(), bought.TargetSubscriptionId!, ("autoRenewEnabled", false));
        using var later = await SandboxRun.ConnectAsync(run.Tenant, configure: options => options.Time = new SettableTime(run.Tenant.Now.ToString("O")));

        var error = await later.RefusePurchaseAsync(source);
        Assert.False(AutoRenewOf(run, bought));
        _ = await later.SetAsync(source.CustomerId, error.SubscriptionId!, new SubscriptionSettings { AutoRenew = true });
        _ = await later.FinishAsync([source]);

        Assert.Equal((ErrorId, bought.TargetSubscriptionId), (error.ErrorId, error.SubscriptionId));
        Assert.Empty(later.Errors);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task The_target_of_a_finished_migration_is_left_as_somebody_made_it()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.FinishAsync([source], ending: new SuspensionOptions { AtTermEnd = true });
        var target = run.Customer().Subscriptions.Single(subscription => subscription.Id != source.SubscriptionId);
        await service.ChangeSubscriptionAsync(run.Customer(), target.Id, ("autoRenewEnabled", false));

        var again = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));

        Assert.Equal(TargetOutcome.Resumed, again.Outcome);
        Assert.False(run.Subscription(target.Id).AutoRenewEnabled);
    }

    private static bool AutoRenewOf(SandboxRun run, TargetSubscription target) => run.Subscription(target.TargetSubscriptionId!).AutoRenewEnabled;

    // Nine days after the purchase it can be canceled no more.
    private static async Task<(SandboxRun Run, ExpiringSubscription Source, TargetSubscription Bought)> UndoLateAsync(TemporaryFolder folder)
    {
        var journal = folder.File("journal.jsonl");
        using var first = await SandboxRun.StartAsync(NewCommerce, configure: options => options.JournalPath = journal);
        var source = Assert.Single(await first.FindAsync());
        var bought = await first.BuyOneAsync(source);
        _ = await first.SuspendAsync(await first.MoveAsync([bought]));
        first.Tenant.AdvanceClock(TimeSpan.FromDays(9));
        var later = await SandboxRun.ConnectAsync(first.Tenant, configure: options =>
        {
            options.JournalPath = journal;
            options.Time = new SettableTime(first.Tenant.Now.ToString("O"));
        });
        _ = Assert.Single(await later.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));
        return (later, source, bought);
    }
}
