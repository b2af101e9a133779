using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Rollback;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 23, where the service does not send a number: unknown is never none. What cannot be counted is refused, and works once it can be.</summary>
public sealed class UnknownHoldersTests
{
    private const string SourceSku = "AX_ENTERPRISE_USER";

    public static TheoryData<string> Numbers => ["consumedUnits", "activeUnits", "the SKU"];

    [Theory]
    [MemberData(nameof(Numbers))]
    [InlineData("skuId")]
    public async Task A_subscription_whose_users_cannot_be_counted_is_not_suspended(string missing)
    {
        var spoiler = Spoiler(missing);
        using var run = await StartAsync(spoiler);
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.BuyAsync([source]);
        var writes = run.Writes();
        spoiler.IsOn = true;

        Assert.Empty(await run.SuspendAsync(source.CustomerId, source.SubscriptionId!, new SuspensionOptions()));

        var error = run.TakeError();
        Assert.Equal(("HoldersUnknown", source.CustomerId, source.SubscriptionId), (error.ErrorId, error.CustomerId, error.SubscriptionId));
        Assert.Equal(("active", writes), (run.Subscription(source.SubscriptionId!).Status, run.Writes()));
        spoiler.IsOn = false;
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync(await run.MoveAsync(bought))).Outcome);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Nobody_is_moved_and_no_move_called_complete_where_the_holders_cannot_be_counted(string missing)
    {
        var spoiler = Spoiler(missing);
        using var run = await StartAsync(spoiler);
        var bought = await run.BuyAsync(await run.FindAsync());
        var writes = run.Writes();
        spoiler.IsOn = true;

        Assert.Empty(await run.MoveAsync(bought));

        Assert.Equal("HoldersUnknown", run.TakeError().ErrorId);
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData("Limited offer with too few seats")]
    [InlineData("Limited offer suspended")]
    public async Task Seats_that_are_not_known_are_not_set(string customer)
    {
        var spoiler = AnswerSpoiler.OfSubscriptions(item =>
        {
            _ = string.Equals((string?)item["offerId"], Ids.TeamMembers, StringComparison.OrdinalIgnoreCase) && item.Remove("quantity");
            return item;
        });
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, spoiler.Rewrite));
        var source = await run.FindOneAsync(customer);
        var before = run.Customer(customer).Subscriptions.Select(subscription => (subscription.Id, subscription.Quantity, subscription.Status)).ToList();
        spoiler.IsOn = true;

        Assert.Empty(await run.BuyAsync([source]));

        var error = run.TakeError();
        Assert.Equal(("HoldersUnknown", source.CustomerId), (error.ErrorId, error.CustomerId));
        Assert.Equal(before, run.Customer(customer).Subscriptions.Select(subscription => (subscription.Id, subscription.Quantity, subscription.Status)));
    }

    [Fact]
    public async Task Nor_by_ids_where_the_service_does_not_say_which_SKU_it_is()
    {
        var spoiler = Spoiler("skuId");
        using var run = await StartAsync(spoiler);
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync()));
        spoiler.IsOn = true;

        var target = await run.Client.LicenseMoves.ReadTargetAsync(bought.CustomerId, bought.SourceSubscriptionId!, bought.TargetSubscriptionId, isPlanned: false, default);
        Assert.Empty(await run.MoveAsync([target]));

        Assert.Equal("HoldersUnknown", run.TakeError().ErrorId);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    [InlineData("skuId")]
    [InlineData("quantity")]
    public async Task Nothing_is_bought_for_users_who_cannot_be_counted(string missing)
    {
        var spoiler = Spoiler(missing);
        using var run = await StartAsync(spoiler);
        var source = Assert.Single(await run.FindAsync());
        spoiler.IsOn = true;

        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal("HoldersUnknown", error.ErrorId);
        Assert.NotEmpty(error.RecommendedAction);
    }

    [Theory]
    [InlineData("consumedUnits")]
    [InlineData("activeUnits")]
    public async Task Seats_that_may_all_be_taken_are_not_free_ones(string missing)
    {
        var spoiler = new AnswerSpoiler("/subscribedskus", sku =>
        {
            _ = (string?)sku["productSku"]!["id"] == Ids.EngagementPlanSku && sku.Remove(missing);
            return sku;
        });
        using var run = await StartAsync(spoiler, "edge-cases");
        spoiler.IsOn = true;

        Assert.Equal("HoldersUnknown", (await run.RefusePurchaseAsync(await run.FindOneAsync("Successor with free seats"))).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task For_another_reason_it_is_suspended_and_the_prompt_says_that_its_users_cannot_be_counted(string missing)
    {
        var spoiler = Spoiler(missing);
        using var run = await StartAsync(spoiler);
        var source = Assert.Single(await run.FindAsync());
        spoiler.IsOn = true;

        var plan = await run.Client.Suspensions.PlanAsync(
            new SuspensionRequest { CustomerId = source.CustomerId, SubscriptionId = source.SubscriptionId }, new SuspensionOptions { Reason = SuspensionReason.NonPayment }, default);

        Assert.Contains("whose users cannot be counted", plan.ActionText, StringComparison.Ordinal);
        Assert.Equal(SuspensionOutcome.Suspended, (await run.Client.Suspensions.ExecuteAsync(plan, default))!.Outcome);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    [InlineData("skuId")]
    public async Task What_the_journal_says_stands_where_nobody_can_be_counted(string missing)
    {
        var spoiler = Spoiler(missing);
        using var run = await StartAsync(spoiler);
        _ = await run.BuyAsync(await run.FindAsync());
        var known = Assert.Single(run.Client.Status.Read());
        spoiler.IsOn = true;
        var refreshed = new List<SubscriptionMigration>();

        // The journal knows the source's SKU, unless it is lost.
        await run.Client.Status.RefreshAsync(
            [known with { Source = known.Source! with { SkuId = null } }], [], Results.Into(refreshed), (_, error) => run.Errors.Add(error), default);

        Assert.Equal("HoldersUnknown", run.TakeError().ErrorId);
        Assert.Equal(MigrationState.Purchased, Assert.Single(refreshed).State);
    }

    [Fact]
    public async Task A_migration_is_not_rolled_back_while_the_service_does_not_say_whose_licenses_are_which()
    {
        var spoiler = Spoiler("skuId");
        using var run = await StartAsync(spoiler);
        var source = Assert.Single(await run.FindAsync());
        var bought = Assert.Single(await run.FinishAsync([source]));
        var writes = run.Writes();
        spoiler.IsOn = true;

        Assert.Empty(await run.UndoAsync([(bought.CustomerId, source.SubscriptionId!)]));

        Assert.Equal("HoldersUnknown", run.TakeError().ErrorId);
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData("consumedUnits")]
    [InlineData("the SKU")]
    public async Task A_target_whose_users_cannot_be_counted_outlives_the_rollback_until_they_can(string missing)
    {
        var spoiler = missing == "the SKU" ? AnswerSpoiler.WithoutSku("Dynamics_365_for_Operations") : AnswerSpoiler.Without("/subscribedskus", missing);
        using var run = await StartAsync(spoiler);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.FinishAsync([source]);
        var target = run.Customer().Subscriptions.Single(subscription => subscription.Id != source.SubscriptionId).Id;
        spoiler.IsOn = true;

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));
        Assert.Equal("HoldersUnknown", run.TakeError().ErrorId);
        Assert.Equal(("active", "active"), (run.Subscription(source.SubscriptionId!).Status, run.Subscription(target).Status));

        spoiler.IsOn = false;
        _ = await run.UndoAsync([UndoRequest.From(Assert.Single(run.Client.Status.Read()))]);
        Assert.Empty(run.Errors);
        Assert.Equal(("active", "suspended"), (run.Subscription(source.SubscriptionId!).Status, run.Subscription(target).Status));
        Assert.Equal(20, run.Customer().Users.Count(user => user.Licenses.Any(license => license.SkuId == run.Subscription(source.SubscriptionId!).SkuId)));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Holders_the_service_counts_and_the_list_of_users_lacks_still_depend_on_the_source()
    {
        var hidden = new AnswerSpoiler("/users", user => ((string?)user["userPrincipalName"])!.StartsWith('a') ? null : user);
        using var run = await StartAsync(hidden);
        var bought = await run.BuyAsync(await run.FindAsync());
        var unseen = run.Customer().Users.Count(user => user.UserPrincipalName.StartsWith('a') && user.Licenses.Count > 0);
        hidden.IsOn = true;

        var move = Assert.Single(await run.MoveAsync(bought));

        Assert.InRange(unseen, 1, 19);
        Assert.Equal((20 - unseen, unseen, false), (move.Moved, move.Remaining, move.IsComplete));
        Assert.Empty(await run.SuspendAsync([move]));
        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
    }

    private static AnswerSpoiler Spoiler(string missing) => missing switch
    {
        "the SKU" => AnswerSpoiler.WithoutSku(SourceSku),
        "skuId" => AnswerSpoiler.Without("/provisioningstatus", missing),
        "quantity" => AnswerSpoiler.Without("/subscriptions", missing),
        _ => AnswerSpoiler.Without("/subscribedskus", missing),
    };

    private static Task<SandboxRun> StartAsync(AnswerSpoiler spoiler, string scenario = "contoso") =>
        SandboxRun.StartAsync(scenario, inner => new RequestRecorder(inner, spoiler.Rewrite));
}
