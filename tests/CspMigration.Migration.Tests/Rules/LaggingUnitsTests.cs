using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 23, where the tenant's units lag behind its subscriptions: never more units are relied on than the active subscriptions add up to.</summary>
public sealed class LaggingUnitsTests
{
    private const string BothOfTwo = "One SKU twice and both expiring";
    private const string OneOfTwo = "One SKU twice and one expiring";
    private const string TwoChannels = "Bought through two channels";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_second_of_two_is_not_suspended_on_the_units_that_the_first_has_left_behind(bool isWholeEntryOld, bool isListOld)
    {
        var units = new AnswerSpoiler("/subscribedskus", sku =>
        {
            if ((string?)sku["productSku"]!["id"] == Ids.CrmProfessionalSku)
            {
                sku["activeUnits"] = 20;
                sku["suspendedUnits"] = isWholeEntryOld ? 0 : sku["suspendedUnits"]!.DeepClone();
            }

            return sku;
        });
        var list = new AnswerSpoiler("/subscriptions", subscription =>
        {
            subscription["status"] = "active";
            return subscription;
        });
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, (path, text) => list.Rewrite(path, units.Rewrite(path, text))));
        var holders = run.Customer(BothOfTwo).Users.Where(user => user.Licenses.Any(license => license.SkuId == Ids.CrmProfessionalSku)).Select(user => user.UserPrincipalName).ToList();
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(BothOfTwo)), new LicenseMoveOptions { Users = [.. holders.Skip(5)] });
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync([moves[0]])).Outcome);
        units.IsOn = true;
        list.IsOn = isListOld;

        Assert.Empty(await run.SuspendAsync([moves[1]]));

        var error = run.TakeError();
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.StartsWith("5 users still depend on ", error.Problem, StringComparison.Ordinal);
        Assert.Equal("active", run.Subscription(moves[1].SourceSubscriptionId!).Status);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Seats_that_only_the_list_still_shows_as_renewing_are_not_relied_on()
    {
        var list = new AnswerSpoiler("/subscriptions", subscription =>
        {
            subscription["autoRenewEnabled"] = true;
            return subscription;
        });
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, list.Rewrite));
        using var service = new DirectService(run.Tenant);
        var renewing = (await run.FindAsync(BothOfTwo))[0].SubscriptionId!;
        await service.ChangeSubscriptionAsync(run.Customer(BothOfTwo), renewing, ("autoRenewEnabled", true));
        var holders = run.Customer(BothOfTwo).Users.Where(user => user.Licenses.Any(license => license.SkuId == Ids.CrmProfessionalSku)).Select(user => user.UserPrincipalName).ToList();
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([BothOfTwo], true));
        var moves = await run.MoveAsync(await run.BuyAsync(rows), new LicenseMoveOptions { Users = [.. holders.Skip(5)] });
        var first = moves.Single(move => move.SourceSubscriptionId == renewing);
        Assert.Equal(SuspensionOutcome.LeftToTermEnd, Assert.Single(await run.SuspendAsync([first], new SuspensionOptions { AtTermEnd = true })).Outcome);
        list.IsOn = true;

        Assert.Empty(await run.SuspendAsync(moves.Where(move => move != first)));

        Assert.StartsWith("5 users still depend on ", run.TakeError().Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(6)]
    public async Task Nobody_leaves_seats_that_stay_for_a_source_that_only_the_list_still_shows_as_active(int seatsStaying)
    {
        // As many seats as the source had, and fewer.
        var list = new AnswerSpoiler("/subscriptions", subscription =>
        {
            subscription["status"] = "active";
            return subscription;
        });
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, list.Rewrite));
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync(OneOfTwo);
        var other = run.Customer(OneOfTwo).Subscriptions.Single(subscription => subscription.SkuId == Ids.CrmProfessionalSku && subscription.Id != source.SubscriptionId);
        await service.ChangeSubscriptionAsync(run.Customer(OneOfTwo), other.Id, ("quantity", seatsStaying));
        var bought = await run.BuyAsync([source], new PurchaseOptions { Quantity = 14 });
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync(await run.MoveAsync(bought))).Outcome);
        list.IsOn = true;

        var move = Assert.Single(await run.MoveAsync(bought));

        Assert.Equal((0, 0, true), (move.Moved, move.Remaining, move.IsComplete));
        Assert.Equal(seatsStaying, run.Customer(OneOfTwo).Users.Count(user => user.Licenses.Any(license => license.SkuId == Ids.CrmProfessionalSku)));
    }

    [Fact]
    public async Task Seats_that_were_just_given_up_are_not_relied_on()
    {
        var units = new AnswerSpoiler("/subscribedskus", sku => Set(sku, "activeUnits", 20));
        var provisioning = new AnswerSpoiler("/provisioningstatus", status => Set(status, "quantity", 10));
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, (path, text) => units.Rewrite(path, provisioning.Rewrite(path, text))));
        using var service = new DirectService(run.Tenant);
        var rows = await run.FindAsync(BothOfTwo);
        var customer = run.Customer(BothOfTwo);
        foreach (var user in customer.Users.Where(user => user.Licenses.Count > 0).Skip(8).ToList())
        {
            await service.DeleteUserAsync(customer, user);
        }

        // Eight users hold it; the other subscription has three seats left, and the directory does not know that yet.
        await service.ChangeSubscriptionAsync(customer, rows[1].SubscriptionId!, ("quantity", 3));
        units.IsOn = provisioning.IsOn = true;

        Assert.Empty(await run.SuspendAsync(rows[0].CustomerId, rows[0].SubscriptionId!, new SuspensionOptions()));

        Assert.StartsWith("5 users still depend on ", run.TakeError().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Units_of_another_channel_carry_their_users_before_and_after_ours_are_suspended()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(TwoChannels);

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(rows)));
        var first = Assert.Single(await run.SuspendAsync([move]));
        var again = Assert.Single(await run.SuspendAsync([move]));

        Assert.Equal((7, 5, true), (move.Moved, move.Skipped, move.IsComplete));
        Assert.Equal((SuspensionOutcome.Suspended, SuspensionOutcome.AlreadySuspended), (first.Outcome, again.Outcome));
        Assert.Equal(5, Assert.Single(await FindElsewhereAsync(run)).Quantity);
    }

    [Fact]
    public async Task Units_that_ours_have_left_behind_are_not_another_channel_s()
    {
        var units = new AnswerSpoiler("/subscribedskus", sku => (string?)sku["productSku"]!["id"] == Ids.CrmProfessionalSku ? Set(sku, "activeUnits", 20) : sku);
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, units.Rewrite));
        _ = await run.FinishAsync(await run.FindAsync(BothOfTwo));
        units.IsOn = true;

        Assert.Empty(await run.FindAsync(query => (query.Customers, query.IncludeOtherChannel) = ([BothOfTwo], true)));
    }

    [Fact]
    public async Task Seats_that_a_suspended_subscription_has_left_behind_are_not_free_ones()
    {
        var units = new AnswerSpoiler("/subscribedskus", sku => (string?)sku["productSku"]!["id"] == Ids.EngagementPlanSku ? Set(sku, "activeUnits", 31) : sku);
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, units.Rewrite));
        using var service = new DirectService(run.Tenant);
        const string Name = "Successor with free seats";
        var customer = run.Customer(Name);
        var owned = customer.Subscriptions.Single(subscription => subscription.SkuId == Ids.EngagementPlanSku);
        await service.OrderAsync(customer, owned.OfferId, 30, "Second");
        await service.ChangeSubscriptionAsync(customer, owned.Id, ("quantity", 1));
        await service.ChangeSubscriptionAsync(customer, run.Customer(Name).Subscriptions.Single(subscription => subscription.FriendlyName == "Second").Id, ("status", "suspended"));
        units.IsOn = true;

        Assert.Equal(TargetOutcome.Purchased, (await run.BuyOneAsync(await run.FindOneAsync(Name))).Outcome);
    }

    private static Task<List<ExpiringSubscription>> FindElsewhereAsync(SandboxRun run) =>
        run.FindAsync(query => (query.Customers, query.IncludeOtherChannel) = ([TwoChannels], true));

    private static JsonObject Set(JsonObject item, string member, int value)
    {
        item[member] = value;
        return item;
    }
}
