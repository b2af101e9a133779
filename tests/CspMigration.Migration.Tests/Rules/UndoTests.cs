using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Reporting.Content;
using CspMigration.Core.Rollback;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Undo by outcome: the source is made active, the licenses go back with their switched-off plans, and the target goes
/// the way its outcome says.
/// </summary>
public sealed class UndoTests
{
    private const string Start = "2026-03-10T12:00:00Z";
    private const string TwoSources = "Two sources and one target";

    [Fact]
    public async Task Users_of_the_customer_s_own_target_stay_where_nobody_was_moved_to_it()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        const string Name = "Successor with free seats";
        var source = await run.FindOneAsync(Name);
        Assert.Equal(TargetOutcome.Reused, (await run.BuyOneAsync(source)).Outcome);
        var user = run.Customer(Name).Users.First(user => user.Licenses.Count > 0);
        _ = await service.PostAsync(
            $"customers/{source.CustomerId}/users/{user.Id}/licenseupdates",
            new { licensesToAssign = new[] { new { skuId = Ids.EngagementPlanSku } }, licensesToRemove = user.Licenses.Select(license => license.SkuId) });

        Assert.Equal(MigrationState.RolledBack, Assert.Single(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)])).State);

        Assert.Empty(run.Errors);
        Assert.Equal([Ids.EngagementPlanSku], run.Customer(Name).Users.Single(other => other.Id == user.Id).Licenses.Select(license => license.SkuId));
    }

    [Fact]
    public async Task Who_cannot_be_moved_back_is_summed_up_with_the_reason_and_the_target_stays()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));
        await service.ChangeSubscriptionAsync(run.Customer(), move.SourceSubscriptionId!, ("quantity", 5));

        Assert.Empty(await run.UndoAsync([(move.CustomerId, move.SourceSubscriptionId!)]));

        var error = run.TakeError();
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.StartsWith(
            $"{move.Target!.OfferName} ({move.TargetSubscriptionId}) of Contoso stays active. Of those to be moved back, 15 found no free seat (", error.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(" and 10 others).", error.Problem, StringComparison.Ordinal);
        Assert.Equal("active", run.Subscription(move.TargetSubscriptionId!).Status);
    }

    [Fact]
    public async Task A_legacy_purchase_is_suspended_and_all_is_as_it_was()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var before = run.Customer();
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.CompleteAsync([source]);

        var undone = Assert.Single(await run.UndoAsync(source));

        Assert.Equal((MigrationState.RolledBack, 20, false), (undone.State, undone.LicenseMove!.Moved, undone.IsPlanned));
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
        Assert.Equal("suspended", run.Subscription(bought[0].TargetSubscriptionId!).Status);
        Assert.Equal(before.Users.Select(Licenses), run.Customer().Users.Select(Licenses));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("contoso", null, "suspended", "Suspended", 25, "Suspended by the undo.")]
    [InlineData("contoso:legacyCommerce=closed", null, "deleted", "Cancelled", 25, "Canceled and deleted by the undo.")]
    [InlineData("edge-cases", "Limited offer with too few seats", "active", null, 6, "Its former number of seats restored by the undo.")]
    [InlineData("edge-cases", "Limited offer suspended", "suspended", "Suspended", 10, "Suspended by the undo.")]
    [InlineData("edge-cases", "Limited offer with free seats", "active", null, 20, "Left as it is by the undo.")]
    public async Task The_result_says_what_became_of_the_target_now_and_later(
        string scenario, string? customer, string status, string? ending, int seats, string remark)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var source = customer is null ? Assert.Single(await run.FindAsync()) : await run.FindOneAsync(customer);
        var bought = Assert.Single(await run.CompleteAsync([source]));

        var planned = (await run.Client.Undo.PlanAsync(Request(source), default)).Planned;
        var undone = Assert.Single(await run.UndoAsync(source));
        var again = Assert.Single(await run.UndoAsync([UndoRequest.From(undone)]));
        var known = Assert.Single(run.Client.Status.Read());
        var refreshed = new List<SubscriptionMigration>();

        Assert.Equal((true, false), (planned.Target!.IsPlanned, undone.Target!.IsPlanned));
        Assert.All([planned, undone], migration =>
        {
            Assert.Equal((bought.TargetSubscriptionId, bought.TargetSubscriptionId), (migration.TargetSubscriptionId, migration.Target!.TargetSubscriptionId));
            Assert.Equal((status, seats, remark), (migration.Target.Status, migration.Target.Quantity, migration.Target.Remark));
            Assert.Equal((ending, ending is null ? null : bought.TargetSubscriptionId), (migration.Suspension?.Outcome.ToString(), migration.Suspension?.SubscriptionId));
        });
        Assert.Equal((status, seats), (again.Target!.Status, again.Target.Quantity));
        Assert.Equal((MigrationState.RolledBack, bought.TargetSubscriptionId, remark, seats), (known.State, known.TargetSubscriptionId, known.Target!.Remark, known.Target.Quantity));
        await run.Client.Status.RefreshAsync([known], [], Results.Into(refreshed), (_, error) => run.Errors.Add(error), default);
        Assert.Empty(run.Errors);
        Assert.Equal((MigrationState.RolledBack, status, seats), (Assert.Single(refreshed).State, refreshed[0].Target!.Status, refreshed[0].Target!.Quantity));
        var report = new ReportContent("", source.CommitmentEndDate!.Value, [undone, known]);
        Assert.Empty(report.UndoDeadlines);
        Assert.Empty(report.Products.SelectMany(product => product.To));
    }

    [Fact]
    public async Task Switched_off_plans_come_back_switched_off_also_those_the_target_lacked()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var off = run.Customer().Users.ToDictionary(user => user.Id, SwitchedOff);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CompleteAsync([source]);

        _ = await run.UndoAsync(source);

        Assert.Contains(off.Values, plans => plans.Length > 0);
        Assert.All(run.Customer().Users, user => Assert.Equal(off[user.Id], SwitchedOff(user)));

        static string SwitchedOff(SandboxUser user) => string.Join(' ', user.Licenses.SelectMany(license => license.DisabledPlans).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_old_one_is_made_active_before_any_license_goes_back_and_the_target_goes_last()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = new RequestRecorder(inner));
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.CompleteAsync([source]);
        var forward = recorder!.All.Count;

        _ = await run.UndoAsync(source);

        var writes = recorder.All.Skip(forward).Where(request => request.Method != "GET").Select(request => request.Path).ToList();
        Assert.EndsWith(source.SubscriptionId!, writes[0], StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(bought[0].TargetSubscriptionId!, writes[^1], StringComparison.OrdinalIgnoreCase);
        Assert.All(writes.Skip(1).SkipLast(1), path => Assert.EndsWith("licenseupdates", path, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("2026-03-16T12:00:00Z", "deleted", true)]
    [InlineData("2026-03-19T12:00:00Z", "active", false)]
    public async Task New_commerce_is_deleted_within_seven_days_and_afterwards_stops_renewing_with_a_warning_of_the_bill(string when, string status, bool renews)
    {
        var time = new SettableTime(Start);
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", time: time);
        var source = Assert.Single(await run.FindAsync());
        var target = (await run.CompleteAsync([source]))[0].TargetSubscriptionId!;
        time.Set(when);
        var request = Request(source);

        var plan = await run.Client.Undo.PlanAsync(request, default);
        _ = await run.UndoAsync(source);

        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
        Assert.Equal((status, renews), (run.Subscription(target).Status, run.Subscription(target).AutoRenewEnabled));
        if (status == "deleted")
        {
            Assert.Null(plan.Warning);
        }
        else
        {
            Assert.Contains("2027-03-", plan.Warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_resized_one_gets_its_former_quantity_and_loses_the_mark()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Limited offer with too few seats");
        var former = run.Customer(source.CustomerName!).Subscriptions.Single(subscription => subscription.OfferId == Ids.TeamMembers);
        var bought = await run.CompleteAsync([source]);

        _ = await run.UndoAsync(source);

        var now = run.Subscription(former.Id);
        Assert.Equal((TargetOutcome.Resized, 15), (bought[0].Outcome, bought[0].Quantity));
        Assert.Equal((former.Quantity, former.FriendlyName, "active"), (now.Quantity, now.FriendlyName, now.Status));
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
    }

    [Fact]
    public async Task The_seats_at_renewal_can_be_set_whatever_was_scheduled_before()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync()));
        foreach (var seats in new[] { 24, 23 })
        {
            var target = await run.Client.Operation.Client.Subscriptions.GetAsync(CustomerId.From(bought.CustomerId), bought.TargetId!.Value, default);

            _ = await run.Client.Operation.Client.Subscriptions.SetQuantityAtRenewalAsync(CustomerId.From(bought.CustomerId), target.Id, target.OfferId!.Value, seats, default);

            Assert.Equal(seats, Assert.Single(run.Subscription(target.Id.ToString()).ScheduledActions).Quantity);
        }
    }

    [Fact]
    public async Task One_resized_for_two_sources_gives_the_seats_back_with_the_last_of_them()
    {
        using var run = await StartWithOneForTwoSourcesAsync(seats: 1);
        var sources = await run.FindAsync(Shared);
        var bought = await run.CompleteAsync(sources);
        var enlarged = run.Subscription(bought[0].TargetSubscriptionId!).Quantity;
        Assert.Equal([TargetOutcome.Resized, TargetOutcome.Covered], bought.Select(target => target.Outcome));

        _ = await run.UndoAsync(sources[0]);
        Assert.Equal(enlarged, run.Subscription(bought[0].TargetSubscriptionId!).Quantity);
        _ = await run.UndoAsync(sources[1]);

        var now = run.Subscription(bought[0].TargetSubscriptionId!);
        Assert.Equal((1, "Own"), (now.Quantity, now.FriendlyName));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task One_reactivated_for_two_sources_is_suspended_again_with_the_last_of_them()
    {
        using var run = await StartWithOneForTwoSourcesAsync(seats: 40);
        using var service = new DirectService(run.Tenant);
        var own = run.Customer(Shared).Subscriptions.Single(subscription => subscription.FriendlyName == "Own");
        await service.ChangeSubscriptionAsync(run.Customer(Shared), own.Id, ("status", "suspended"));
        var sources = await run.FindAsync(Shared);
        var bought = await run.CompleteAsync(sources);
        Assert.Equal([TargetOutcome.Reactivated, TargetOutcome.Covered], bought.Select(target => target.Outcome));

        _ = await run.UndoAsync(sources[0]);
        Assert.Equal("active", run.Subscription(own.Id).Status);
        _ = await run.UndoAsync(sources[1]);

        Assert.Equal("suspended", run.Subscription(own.Id).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_resized_twice_keeps_the_seats_that_the_other_source_still_needs(bool lastFirst)
    {
        using var run = await StartWithOneForTwoSourcesAsync(seats: 1);
        var sources = await run.FindAsync(Shared);
        var first = Assert.Single(await run.CompleteAsync([sources[0]]));
        var second = Assert.Single(await run.CompleteAsync([sources[1]]));
        Assert.Equal((TargetOutcome.Resized, TargetOutcome.Resized), (first.Outcome, second.Outcome));
        Assert.All(sources, source => Assert.Contains(source.SubscriptionId![..8], run.Subscription(second.TargetSubscriptionId!).FriendlyName, StringComparison.OrdinalIgnoreCase));

        var plan = await run.Client.Undo.PlanAsync(Request(sources[lastFirst ? 1 : 0]), default);
        _ = await run.UndoAsync(sources[lastFirst ? 1 : 0]);
        var between = run.Subscription(second.TargetSubscriptionId!).Quantity;
        _ = await run.UndoAsync(sources[lastFirst ? 0 : 1]);

        // Seats that were added before others cannot be told from them: they stay, and the warning says so, until the others go.
        var now = run.Subscription(second.TargetSubscriptionId!);
        Assert.Equal((lastFirst ? first.Quantity : second.Quantity, 1), (between, now.Quantity));
        Assert.Equal(!lastFirst, plan.Warning is not null);
        Assert.Equal("Own", now.FriendlyName);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_resized_one_whose_former_quantity_only_a_lost_journal_knew_is_in_doubt()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Limited offer with too few seats");
        _ = await run.CompleteAsync([source]);
        using var later = await SandboxRun.ConnectAsync(run.Tenant);
        var writes = run.Writes();

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => later.Client.Undo.PlanAsync(Request(source), default));

        Assert.Equal("ResizeInDoubt", error.ErrorId);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task A_reactivated_one_is_suspended_again()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Limited offer suspended");
        var bought = await run.CompleteAsync([source]);

        _ = await run.UndoAsync(source);

        Assert.Equal(TargetOutcome.Reactivated, bought[0].Outcome);
        Assert.Equal("suspended", run.Subscription(bought[0].TargetSubscriptionId!).Status);
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
    }

    [Theory]
    [InlineData("Limited offer with free seats")]
    [InlineData("Successor with free seats")]
    public async Task A_reused_one_is_left_alone_with_the_users_it_had(string customer)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = run.Customer(customer);
        var source = await run.FindOneAsync(customer);
        var bought = await run.CompleteAsync([source]);

        _ = await run.UndoAsync(source);
        var writes = run.Writes();
        _ = await run.UndoAsync([UndoRequest.From(Assert.Single(run.Client.Status.Read()))]);

        var target = before.Subscriptions.Single(subscription => subscription.Id == bought[0].TargetSubscriptionId);
        var now = run.Subscription(target.Id);
        Assert.Equal(writes, run.Writes());
        Assert.Equal(TargetOutcome.Reused, bought[0].Outcome);
        Assert.Equal((target.Status, target.Quantity, target.FriendlyName), (now.Status, now.Quantity, now.FriendlyName));
        Assert.Equal(before.Users.Select(Licenses), run.Customer(customer).Users.Select(Licenses));
    }

    [Fact]
    public async Task A_converted_one_cannot_be_taken_back()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeTrial) = (["Trial that converts"], true)));
        _ = await run.CompleteAsync([source]);
        var writes = run.Writes();

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        var error = run.TakeError();
        Assert.Equal(("TooLateToUndo", source.CustomerId, source.SubscriptionId), (error.ErrorId, error.CustomerId, error.SubscriptionId));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Of_two_sources_with_one_purchase_each_goes_back_alone_and_the_purchase_with_the_last()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = run.Customer(TwoSources);
        var rows = await run.FindAsync(TwoSources);
        var target = (await run.CompleteAsync(rows)).Select(bought => bought.TargetSubscriptionId!).Distinct().Single();

        var plan = await run.Client.Undo.PlanAsync(Request(rows[1]), default);
        _ = await run.UndoAsync(rows[1]);
        var between = (run.Subscription(rows[0].SubscriptionId!).Status, run.Subscription(rows[1].SubscriptionId!).Status, run.Subscription(target).Status);
        _ = await run.UndoAsync(rows[0]);

        Assert.Contains("another source", plan.Warning, StringComparison.Ordinal);
        Assert.Equal(("suspended", "active", "active"), between);
        Assert.Equal("suspended", run.Subscription(target).Status);
        Assert.Equal(before.Users.Select(Licenses), run.Customer(TwoSources).Users.Select(Licenses));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_sources_of_one_SKU_each_takes_back_no_more_users_than_it_has_seats(bool isJournalLost)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync("One SKU twice and both expiring");
        var target = (await run.CompleteAsync(rows)).Select(bought => bought.TargetSubscriptionId!).Distinct().Single();
        using var later = isJournalLost ? await SandboxRun.ConnectAsync(run.Tenant) : null;

        _ = await (later ?? run).UndoAsync(rows[0]);
        var between = (Holders(run, rows[0]), run.Subscription(target).Status);
        _ = await (later ?? run).UndoAsync(rows[1]);

        Assert.Equal((10, "active"), between);
        Assert.Equal((14, "suspended"), (Holders(run, rows[0]), run.Subscription(target).Status));
        Assert.Empty(run.Tenant.GetState().Violations);

        static int Holders(SandboxRun run, ExpiringSubscription row) =>
            run.Customer(row.CustomerName!).Users.Count(user => user.Licenses.Any(license => license.SkuId == Ids.CrmProfessionalSku));
    }

    [Fact]
    public async Task Auto_renew_that_was_turned_off_is_turned_on_again()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("New commerce source");
        using var service = new DirectService(run.Tenant);
        await service.ChangeSubscriptionAsync(run.Customer(source.CustomerName!), source.SubscriptionId!, ("autoRenewEnabled", true));
        var renewing = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([source.CustomerId], true)));
        _ = await run.CompleteAsync([renewing]);
        Assert.False(run.Subscription(source.SubscriptionId!).AutoRenewEnabled);

        _ = await run.UndoAsync(renewing);

        Assert.True(run.Subscription(source.SubscriptionId!).AutoRenewEnabled);
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task A_second_time_sends_nothing(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CompleteAsync([source]);
        _ = await run.UndoAsync(source);
        var writes = run.Writes();

        var again = Assert.Single(await run.UndoAsync(source));

        Assert.Equal(MigrationState.RolledBack, again.State);
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData("Limited offer with too few seats")]
    [InlineData("Limited offer suspended")]
    [InlineData("Limited offer with free seats")]
    public async Task A_second_time_by_a_record_from_before_or_after_the_first_moves_nobody(string customer)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(customer);
        var done = Assert.Single((await run.RunAsync([source])).Migrations);
        var undone = Assert.Single(await run.UndoAsync([UndoRequest.From(done)]));
        using var other = await SandboxRun.ConnectAsync(run.Tenant);
        var writes = run.Writes();

        foreach (var record in new[] { done with { LicenseMove = null }, undone, Assert.Single(run.Client.Status.Read()) })
        {
            Assert.Equal(MigrationState.RolledBack, Assert.Single(await run.UndoAsync([UndoRequest.From(record)])).State);
        }

        _ = await other.UndoAsync([UndoRequest.From(undone with { LicenseMove = null })]);

        Assert.Empty(run.Errors);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task What_became_of_the_target_is_written_down_without_another_look_at_it()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = new RequestRecorder(inner));
        var source = Assert.Single(await run.FindAsync());
        var target = (await run.CompleteAsync([source]))[0].TargetSubscriptionId!;

        _ = await run.UndoAsync(source);

        var after = recorder!.All.AsEnumerable().Reverse().TakeWhile(request => !(request.Method == "PATCH" && request.Path.EndsWith(target, StringComparison.OrdinalIgnoreCase))).ToList();
        Assert.DoesNotContain(after, request => request.Path.Contains(target, StringComparison.OrdinalIgnoreCase));
        Assert.Single(after, request => request.Path.EndsWith("/subscriptions", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_plan_sends_nothing_and_says_what_would_be_done()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CompleteAsync([source]);
        var writes = run.Writes();

        var plan = await run.Client.Undo.PlanAsync(Request(source), default);

        Assert.True(plan.NeedsWrite && plan.Planned.IsPlanned);
        Assert.All(["active again", "20 users", "suspend Dynamics 365 Unified Operations Plan"], part => Assert.Contains(part, plan.ActionText, StringComparison.Ordinal));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Without_the_journal_the_mark_is_enough_and_a_warning_names_what_is_lost()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var target = (await run.CompleteAsync([source]))[0].TargetSubscriptionId!;
        using var later = await SandboxRun.ConnectAsync(run.Tenant);

        var plan = await later.Client.Undo.PlanAsync(Request(source), default);
        _ = await later.UndoAsync(source);

        Assert.Contains("journal", plan.Warning, StringComparison.Ordinal);
        Assert.Equal(("active", "suspended"), (run.Subscription(source.SubscriptionId!).Status, run.Subscription(target).Status));
        Assert.Equal(20, run.Customer().Users.Count(user => user.Licenses.Any(license => license.SkuId == run.Subscription(source.SubscriptionId!).SkuId)));
    }

    [Fact]
    public async Task After_the_old_one_s_term_it_is_too_late()
    {
        var time = new SettableTime(Start);
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CompleteAsync([source]);
        time.Set("2026-04-10T00:00:00Z");
        var writes = run.Writes();

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        Assert.Equal("TooLateToReactivate", run.TakeError().ErrorId);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task What_was_never_migrated_is_an_error_and_nothing_is_sent()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        Assert.Equal("NotOurSubscription", run.TakeError().ErrorId);
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("No more subscriptions", MigrationState.Blocked)]
    [InlineData("Cart line refused", MigrationState.Failed)]
    public async Task What_a_record_says_was_never_bought_is_passed_over_and_by_its_ids_it_is_an_error(string customer, MigrationState state)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var live = Assert.Single((await run.RunAsync(await run.FindAsync(customer))).Migrations);
        var written = Assert.Single(run.Client.Status.Read());
        run.Errors.Clear();
        var writes = run.Writes();

        Assert.Equal((state, state), (live.State, written.State));
        foreach (var record in new[] { live, written })
        {
            var request = UndoRequest.From(record);
            Assert.Null(await run.Client.Undo.PlanIfBoughtAsync(request, default));
            Assert.Equal($"{live.Source!.OfferName} of {customer}", request.Name);
        }

        Assert.Contains(run.Observer.Messages, message => message.Contains($"{live.Source!.OfferName} of {customer}: nothing was bought", StringComparison.Ordinal));
        Assert.Empty(await run.UndoAsync([(live.CustomerId, live.SourceSubscriptionId!)]));
        var error = run.TakeError();
        Assert.Equal("NotOurSubscription", error.ErrorId);
        Assert.Contains($"{live.Source!.OfferName} ({live.SourceSubscriptionId}) of {customer}", error.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task A_record_that_knows_of_no_purchase_does_not_hide_the_one_there_is()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var target = (await run.CompleteAsync([source]))[0].TargetSubscriptionId;
        using var other = await SandboxRun.ConnectAsync(run.Tenant);
        var record = new SubscriptionMigration { CustomerId = source.CustomerId, SourceSubscriptionId = source.SubscriptionId, State = MigrationState.Blocked };

        var plan = await other.Client.Undo.PlanIfBoughtAsync(UndoRequest.From(record), default);

        Assert.Equal(target, plan?.Target?.Id.ToString());
    }

    [Fact]
    public async Task A_purchase_whose_outcome_is_not_known_is_not_said_to_be_none()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var record = new SubscriptionMigration
        {
            CustomerId = source.CustomerId,
            SourceSubscriptionId = source.SubscriptionId,
            State = MigrationState.Failed,
            IsPurchaseInDoubt = true,
        };

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.Client.Undo.PlanIfBoughtAsync(UndoRequest.From(record), default));

        Assert.Equal("NotOurSubscription", error.ErrorId);
    }

    [Fact]
    public async Task Who_got_the_target_otherwise_keeps_it_and_the_error_has_the_lines_to_find_and_to_move_them()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync([source])));
        var others = run.Customer().Users.Where(user => user.Licenses.Count == 0).Take(2).ToList();
        foreach (var user in others)
        {
            await service.AssignAsync(run.Customer(), user, move.TargetSkuId!);
        }

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        var error = run.TakeError();
        var line = $"Move-UserLicense -CustomerId {source.CustomerId} -SourceSubscriptionId {move.TargetSubscriptionId} -TargetSubscriptionId {source.SubscriptionId}";
        Assert.Equal((2, "HoldersRemain"), (others.Count, error.ErrorId));
        Assert.StartsWith($"2 users still depend on {move.Target!.OfferName} ({move.TargetSubscriptionId}) of Contoso,", error.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($": ({line} -WhatIf).Users | Where-Object Outcome -NotIn AlreadyMoved, Skipped", error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"({line})", error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Forward_again_after_a_way_back_reactivates_what_was_bought()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var first = await run.CompleteAsync([source]);
        _ = await run.UndoAsync(source);

        var second = await run.CompleteAsync(await run.FindAsync());

        Assert.Equal((TargetOutcome.Reactivated, first[0].TargetSubscriptionId), (second[0].Outcome, second[0].TargetSubscriptionId));
        Assert.Equal("suspended", run.Subscription(source.SubscriptionId!).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_customer_who_cannot_be_read_is_one_error_and_the_others_are_taken_back()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CompleteAsync([source]);
        var (stranger, subscription) = ("00000000-5a4d-0000-0000-00000000dead", "00000000-5a4d-0000-0000-0000000000ff");

        var undone = await run.UndoAsync([(stranger, source.SubscriptionId!), (stranger, subscription), (source.CustomerId, source.SubscriptionId!)]);

        Assert.Equal(source.SubscriptionId, Assert.Single(undone).SourceSubscriptionId);
        Assert.Equal([stranger, stranger], run.Errors.Select(error => error.CustomerId));
    }

    [Fact]
    public async Task The_order_of_records_is_read_once_a_customer_and_not_at_all_where_a_customer_has_one()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => recorder = new RequestRecorder(inner));
        var (with, without) = (await run.FindAsync(TwoSources), await run.FindOneAsync("Limited offer suspended"));
        var before = recorder!.All.Count;

        var ordered = await run.Client.Undo.PrepareAsync([.. with.Append(without).Select(Request)], default);

        Assert.Equal(3, ordered.Count);
        Assert.EndsWith($"{with[0].CustomerId}/subscriptions", Assert.Single(recorder.All.Skip(before)).Path, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_journal_is_read_once_for_all_records_of_a_command()
    {
        CountingJournal? journal = null;
        using var run = await SandboxRun.StartAsync(
            "scale:customers=2,subscriptions=2,users=4", configure: options => options.BeforeJournal = inner => journal = new CountingJournal(inner));
        var sources = await run.FindAsync();
        _ = await run.CompleteAsync(sources);
        var before = journal!.Readings;

        var undone = await run.UndoAsync(sources.Select(source => (source.CustomerId, source.SubscriptionId!)));

        Assert.Empty(run.Errors);
        Assert.Equal((4, 8), (undone.Count, undone.Sum(migration => migration.LicenseMove!.Moved)));
        Assert.Equal(1, journal.Readings - before);
    }

    [Fact]
    public async Task A_moved_user_who_was_deleted_since_is_warned_of_and_does_not_stop_the_way_back()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.CompleteAsync([source]);
        var leaver = run.Customer().Users.First(user => user.Licenses.Count > 0);
        using var service = new DirectService(run.Tenant);
        await service.DeleteUserAsync(run.Customer(), leaver);

        var plan = await run.Client.Undo.PlanAsync(Request(source), default);
        var undone = Assert.Single(await run.UndoAsync(source));

        Assert.Contains(leaver.Id, plan.Warning, StringComparison.Ordinal);
        Assert.Equal((MigrationState.RolledBack, 19), (undone.State, undone.LicenseMove!.Moved));
        Assert.Equal(("active", "suspended"), (run.Subscription(source.SubscriptionId!).Status, run.Subscription(bought[0].TargetSubscriptionId!).Status));
    }

    [Fact]
    public async Task A_user_who_is_deleted_while_licenses_go_back_does_not_keep_the_target()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.CompleteAsync([source]);
        var plan = await run.Client.Undo.PlanAsync(Request(source), default);
        var leaver = run.Customer().Users.First(user => user.Licenses.Count > 0);
        using var service = new DirectService(run.Tenant);
        await service.DeleteUserAsync(run.Customer(), leaver);

        var undone = await run.Client.Undo.ExecuteAsync(plan, default);

        var move = undone.LicenseMove!;
        Assert.Equal((19, 1, leaver.Id), (move.Moved, move.Failed, Assert.Single(move.Users, user => user.Outcome == UserMoveOutcome.UserDeleted).UserId));
        Assert.Equal("suspended", run.Subscription(bought[0].TargetSubscriptionId!).Status);
        Assert.Contains(run.Observer.Messages, message => message.Contains($"deleted since and cannot get the old license back: {leaver.Id}", StringComparison.Ordinal));
    }

    private const string Shared = "Two sources and one target";

    private static async Task<SandboxRun> StartWithOneForTwoSourcesAsync(int seats)
    {
        var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(Shared), Ids.TeamMembers, seats, "Own");
        return run;
    }

    private static UndoRequest Request(ExpiringSubscription source) => new() { CustomerId = source.CustomerId, SourceSubscriptionId = source.SubscriptionId };

    private static string Licenses(SandboxUser user) => $"{user.UserPrincipalName}: {string.Join(' ', user.Licenses.Select(license => license.SkuId).Order(StringComparer.Ordinal))}";
}
