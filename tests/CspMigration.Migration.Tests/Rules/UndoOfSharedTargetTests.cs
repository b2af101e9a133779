using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Rollback;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Undo of one of several sources: a shared target goes with the last of its sources, whatever way these ended, and the users of the
/// others stay where they are.
/// </summary>
public sealed class UndoOfSharedTargetTests
{
    private const string OneSku = "One SKU twice and both expiring";
    private const string TwoSkus = "Two sources and one target";

    private static readonly SuspensionOptions AtTermEnd = new() { AtTermEnd = true };

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Two_of_one_SKU_that_run_out_each_take_back_as_many_users_as_they_have_seats(bool isJournalLost, bool isSecondSuspended)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(OneSku);
        var moves = await run.MoveAsync(await run.BuyAsync(rows));
        _ = await run.SuspendAsync([moves[0]], AtTermEnd);
        _ = await run.SuspendAsync([moves[1]], isSecondSuspended ? null : AtTermEnd);
        var target = moves[0].TargetSubscriptionId!;
        using var other = isJournalLost ? await SandboxRun.ConnectAsync(run.Tenant) : null;
        var undoing = other ?? run;

        _ = await undoing.UndoAsync(rows[0]);
        var between = (Holders(run, rows[0]), Holders(run, OneSku, Ids.EngagementPlanSku), run.Subscription(target).Status);
        var second = undoing.Client.Status.Read().SingleOrDefault(migration => migration.SourceSubscriptionId == rows[1].SubscriptionId);
        _ = await undoing.UndoAsync(rows[1]);

        Assert.Empty(run.Errors);
        Assert.Equal((10, 4, "active"), between);
        Assert.Equal(isJournalLost ? null : MigrationState.Completed, second?.State);
        Assert.Equal((14, 0, "suspended"), (Holders(run, rows[0]), Holders(run, OneSku, Ids.EngagementPlanSku), run.Subscription(target).Status));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_second_time_leaves_the_users_and_the_target_of_the_other_alone()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(OneSku);
        var target = (await run.CompleteAsync(rows, ending: AtTermEnd))[0].TargetSubscriptionId!;
        _ = await run.UndoAsync(rows[0]);
        var writes = run.Writes();

        _ = await run.UndoAsync(rows[0]);

        Assert.Equal(writes, run.Writes());
        Assert.Equal((10, "active"), (Holders(run, rows[0]), run.Subscription(target).Status));
    }

    [Fact]
    public async Task Two_of_new_commerce_that_end_with_their_term_share_their_target_to_the_last()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");
        using var service = new DirectService(run.Tenant);
        var rows = await BuyTwoNewCommerceSourcesAsync(run, service);
        var moves = await run.MoveAsync(await run.BuyAsync(rows, new PurchaseOptions { Target = "Dynamics 365 Plan", Quantity = 20 }));
        Assert.Equal([SuspensionOutcome.EndsWithTerm, SuspensionOutcome.EndsWithTerm], (await run.SuspendAsync(moves)).Select(ended => ended.Outcome));
        Assert.Empty(run.Errors);
        var (target, plan) = (moves[0].TargetSubscriptionId!, moves[0].TargetSkuId!);
        Assert.Equal(6, Holders(run, "Contoso", plan));

        var first = await run.Client.Undo.PlanAsync(Request(rows[0]), default);
        _ = await run.UndoAsync(rows[0]);
        var between = (Holders(run, "Contoso", plan), run.Subscription(target).Status, run.Subscription(rows[0].SubscriptionId!).AutoRenewEnabled);
        _ = await run.UndoAsync(rows[1]);

        Assert.Contains("stays as it is: it replaces another source that is still migrated", first.Warning, StringComparison.Ordinal);
        Assert.Equal((2, "active", true), between);
        Assert.Equal((0, "deleted"), (Holders(run, "Contoso", plan), run.Subscription(target).Status));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Users_of_another_SKU_stay_with_the_target_also_where_their_source_only_runs_out(bool firstSource)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = run.Customer(TwoSkus);
        var rows = await run.FindAsync(TwoSkus);
        var target = (await run.CompleteAsync(rows, ending: AtTermEnd))[0].TargetSubscriptionId!;
        var (one, other) = firstSource ? (rows[0], rows[1]) : (rows[1], rows[0]);

        _ = await run.UndoAsync(one);
        var between = (Holders(run, one), Holders(run, other), Holders(run, TwoSkus, SkuOf(run, target)), run.Subscription(target).Status);
        _ = await run.UndoAsync(other);

        // Seven of the one come back; seven of the other, three of whom had both, keep the target.
        Assert.Equal((7, 0, 7, "active"), between);
        Assert.Equal("suspended", run.Subscription(target).Status);
        Assert.Equal(before.Users.Select(Licenses), run.Customer(TwoSkus).Users.Select(Licenses));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task With_the_journal_lost_nobody_is_taken_for_a_user_of_the_wrong_source()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(TwoSkus);
        _ = await run.CompleteAsync(rows, ending: AtTermEnd);
        using var later = await SandboxRun.ConnectAsync(run.Tenant);
        var writes = run.Writes();

        Assert.Empty(await later.UndoAsync([Request(rows[0])]));

        var error = later.TakeError();
        Assert.Equal("HoldersUnknown", error.ErrorId);
        Assert.Contains("-JournalPath", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_bought_for_one_and_has_room_for_another_goes_with_the_last_of_them(bool boughtForFirst)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(TwoSkus);
        var bought = Assert.Single(await run.CompleteAsync([rows[0]], new PurchaseOptions { Quantity = 20 }));
        var reused = Assert.Single(await run.CompleteAsync([rows[1]]));
        Assert.Equal((TargetOutcome.Purchased, TargetOutcome.Reused), (bought.Outcome, reused.Outcome));
        Assert.Equal(bought.TargetSubscriptionId, reused.TargetSubscriptionId);

        _ = await run.UndoAsync(rows[boughtForFirst ? 0 : 1]);
        var between = run.Subscription(bought.TargetSubscriptionId!).Status;
        _ = await run.UndoAsync(rows[boughtForFirst ? 1 : 0]);

        Assert.Equal("active", between);
        Assert.Equal("suspended", run.Subscription(bought.TargetSubscriptionId!).Status);
        Assert.Equal((7, 7), (Holders(run, rows[0]), Holders(run, rows[1])));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task What_was_bought_for_one_and_given_seats_for_another_goes_with_the_last_of_them()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(TwoSkus);
        var bought = Assert.Single(await run.CompleteAsync([rows[0]]));
        var resized = Assert.Single(await run.CompleteAsync([rows[1]]));
        Assert.Equal((TargetOutcome.Purchased, TargetOutcome.Resized), (bought.Outcome, resized.Outcome));
        var target = bought.TargetSubscriptionId!;
        var marks = run.Subscription(target).FriendlyName;

        _ = await run.UndoAsync(rows[0]);
        var between = (run.Subscription(target).Status, run.Subscription(target).Quantity);
        _ = await run.UndoAsync(rows[1]);

        Assert.EndsWith($"(from {rows[0].SubscriptionId![..8]}) (seats for {rows[1].SubscriptionId![..8]})", marks, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("active", resized.Quantity), between);
        Assert.Equal("suspended", run.Subscription(target).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_target_stays_for_a_source_that_can_no_longer_be_made_active()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        using var service = new DirectService(run.Tenant);
        var rows = await run.FindAsync(OneSku);
        var target = (await run.CompleteAsync(rows, ending: AtTermEnd))[0].TargetSubscriptionId!;
        await service.ChangeSubscriptionAsync(run.Customer(OneSku), rows[0].SubscriptionId!, ("autoRenewEnabled", true));
        time.Set("2026-04-20T12:00:00Z");
        Assert.Equal("expired", run.Subscription(rows[1].SubscriptionId!).Status);

        _ = await run.UndoAsync(rows[0]);

        Assert.Equal(("active", 10, 4), (run.Subscription(target).Status, Holders(run, rows[0]), Holders(run, OneSku, Ids.EngagementPlanSku)));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    private static async Task<List<ExpiringSubscription>> BuyTwoNewCommerceSourcesAsync(SandboxRun run, DirectService service)
    {
        var customer = run.Customer();
        var sources = new List<string>();
        foreach (var name in new[] { "First", "Second" })
        {
            sources.Add((await run.BuyNewAsync(customer.Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 4, FriendlyName = name })).TargetSubscriptionId!);
        }

        foreach (var id in sources)
        {
            await service.ChangeSubscriptionAsync(customer, id, ("friendlyName", "Own"));
        }

        var users = run.Customer().Users.Where(user => user.UsageLocation is not null).Take(6).ToList();
        foreach (var user in users)
        {
            await service.AssignAsync(customer, user, SkuOf(run, sources[0]));
        }

        var end = run.Client.Discovery.EndOfWindow(400);
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew, query.Before) = ([customer.Id], true, end));
        return [.. sources.Select(id => rows.Single(row => string.Equals(row.SubscriptionId, id, StringComparison.OrdinalIgnoreCase)))];
    }

    private static UndoRequest Request(ExpiringSubscription source) => new() { CustomerId = source.CustomerId, SourceSubscriptionId = source.SubscriptionId };

    private static string SkuOf(SandboxRun run, string subscriptionId) => run.Subscription(subscriptionId).SkuId;

    private static int Holders(SandboxRun run, ExpiringSubscription source) => Holders(run, source.CustomerName!, SkuOf(run, source.SubscriptionId!));

    private static int Holders(SandboxRun run, string customer, string skuId) =>
        run.Customer(customer).Users.Count(user => user.Licenses.Any(license => string.Equals(license.SkuId, skuId, StringComparison.OrdinalIgnoreCase)));

    private static string Licenses(SandboxUser user) => $"{user.UserPrincipalName}: {string.Join(' ', user.Licenses.Select(license => license.SkuId).Order(StringComparer.Ordinal))}";
}
