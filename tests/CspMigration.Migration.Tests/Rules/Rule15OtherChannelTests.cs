using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 15: units bought through another channel: the partner buys and assigns; the customer cancels them there.</summary>
public sealed class Rule15OtherChannelTests
{
    private const string Elsewhere = "Bought through another channel";
    private const string Both = "Bought through two channels";
    private const string Arrival = "another-channel";
    private const string Newcomer = "Fabrikam";

    [Fact]
    public async Task They_are_found_only_when_asked_for_and_have_neither_id_nor_end_date()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        Assert.Empty(await run.FindAsync(Elsewhere));
        var row = Assert.Single(await FindAsync(run, Elsewhere));

        Assert.Equal((CommerceKind.OtherChannel, 10), (row.Commerce, row.Quantity));
        Assert.Null(row.SubscriptionId);
        Assert.Null(row.CommitmentEndDate);
        Assert.Equal(Ids.CrmProfessionalSku, row.SkuId, ignoreCase: true);
        Assert.Equal("Dynamics 365 Customer Engagement Plan", row.Targets[0].Name);
    }

    [Fact]
    public async Task Only_units_beyond_our_own_subscriptions_count()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var rows = await FindAsync(run, Both);

        Assert.Equal([(CommerceKind.Legacy, 10), (CommerceKind.OtherChannel, 5)], rows.Select(row => (row.Commerce, row.Quantity)));
    }

    [Fact]
    public async Task Whose_units_are_whose_is_asked_for_all_subscriptions_side_by_side()
    {
        MeetingHandler? meeting = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => meeting = new MeetingHandler(inner, "/provisioningstatus", calls: 2));
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(Both), Ids.TeamMembers, 5, "Own");

        var rows = await FindAsync(run, Both);

        Assert.Equal(2, rows.Count);
        Assert.Equal(2, meeting!.Count);
    }

    [Fact]
    public async Task Units_of_products_the_map_does_not_know_are_found_too_with_themselves_as_the_target()
    {
        using var run = await SandboxRun.StartAsync(Arrival);

        var rows = await FindAsync(run, Newcomer);

        Assert.Equal(
            [("Dynamics CRM Online Professional", 10), ("Office 365 E3", 8), ("Sandbox Campaigns", 5)],
            rows.Select(row => (row.OfferName!, row.Quantity)).Order());
        Assert.All(rows, row => Assert.Equal((CommerceKind.OtherChannel, null), (row.Commerce, row.SubscriptionId)));
        Assert.All(rows.Where(row => !row.OfferName!.StartsWith("Dynamics", StringComparison.Ordinal)), row =>
        {
            var target = Assert.Single(row.Targets);
            Assert.Equal((row.OfferName, row.SkuId, true), (target.Name, target.SkuId, target.IsDefault));
        });
    }

    [Fact]
    public async Task What_is_sold_as_before_is_bought_as_it_is_what_is_retired_as_its_target_and_for_what_is_discontinued_an_equivalent_is_asked()
    {
        using var run = await SandboxRun.StartAsync(Arrival);
        var rows = await FindAsync(run, Newcomer);

        var bought = await run.BuyAsync(rows);
        var moves = await run.MoveAsync(bought);
        var ended = await run.SuspendAsync(moves);

        Assert.Empty(run.Errors);
        Assert.Equal(
            [("Dynamics 365 Customer Engagement Plan Tier 1 (1-99 users)", true), ("Office 365 E3", false)],
            bought.Select(target => (target.OfferName!, target.LicenseMoveNeeded)).Order());
        Assert.Equal([0, 7], moves.Select(move => move.Moved).Order());
        Assert.All(ended, end => Assert.Equal(SuspensionOutcome.LeftToOtherChannel, end.Outcome));
        Assert.Empty(run.Tenant.GetState().Violations);

        var check = Assert.Single((await run.CheckAsync(rows.Single(row => row.OfferName == "Sandbox Campaigns"))).Checks, check => check.Rule == ReadinessRule.Target);
        Assert.Equal("NoTarget", check.ErrorId);
        Assert.Contains("no longer on sale", check.Message, StringComparison.Ordinal);
        Assert.Contains("-Target", check.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_bought_twice_for_them_and_no_more_than_they_are()
    {
        using var run = await SandboxRun.StartAsync(Arrival);
        _ = await run.SuspendAsync(await run.MoveAsync(await run.BuyAsync(await FindAsync(run, Newcomer))));
        var writes = run.Writes();
        using var later = await SandboxRun.ConnectAsync(run.Tenant);

        var rows = await FindAsync(later, Newcomer);
        var again = await later.BuyAsync(rows);

        Assert.Equal([8, 10], rows.Where(row => row.MigrationState == MigrationState.Purchased).Select(row => row.Quantity).Order());
        Assert.All(again, target => Assert.Equal(TargetOutcome.Resumed, target.Outcome));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Seats_of_ours_whose_product_nobody_says_are_not_taken_for_another_channel_s()
    {
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, (path, text) =>
            path.EndsWith("/provisioningstatus", StringComparison.Ordinal) ? Regex.Replace(text, "\"skuId\" *: *\"[^\"]*\"", "\"skuId\":null", RegexOptions.IgnoreCase) : text));

        var rows = await run.FindAsync(query => query.IncludeOtherChannel = true);

        Assert.DoesNotContain(rows, row => row.Commerce == CommerceKind.OtherChannel);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_search_for_products_leaves_out_the_others()
    {
        using var run = await SandboxRun.StartAsync(Arrival);

        var rows = await run.FindAsync(query => (query.Customers, query.IncludeOtherChannel, query.Products) = ([Newcomer], true, ["ENTERPRISEPACK"]));

        Assert.Equal("Office 365 E3", Assert.Single(rows).OfferName);
    }

    [Fact]
    public async Task The_same_product_as_the_customer_has_is_bought_and_no_license_is_reassigned()
    {
        var elsewhere = AnswerSpoiler.OfSubscriptions(item => (string?)item["friendlyName"] == "Own" ? null : item);
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, elsewhere.Rewrite));
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(Elsewhere), Ids.Sales, 5, "Own");
        elsewhere.IsOn = true;
        var row = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeOtherChannel, query.Products) = ([Elsewhere], true, ["*Sales*"])));
        var user = run.Customer(Elsewhere).Users.First(user => user.Licenses.Count == 1);
        await service.AssignAsync(run.Customer(Elsewhere), user, row.SkuId!);

        var check = Assert.Single((await run.CheckAsync(row)).Checks, check => check.Rule == ReadinessRule.Target);
        Assert.Equal((CommerceKind.OtherChannel, 5, row.SkuId), (row.Commerce, row.Quantity, Assert.Single(row.Targets).SkuId));
        Assert.Equal((ReadinessResult.Pass, null), (check.Result, check.ErrorId));

        var target = await run.BuyOneAsync(row);
        var move = Assert.Single(await run.MoveAsync([target]));
        var ended = Assert.Single(await run.SuspendAsync([move]));

        Assert.Equal((TargetOutcome.Purchased, 5, false), (target.Outcome, target.Quantity, target.LicenseMoveNeeded));
        Assert.Equal(row.SkuId, target.SkuId, ignoreCase: true);
        Assert.Equal((0, 0, true), (move.Moved, move.Remaining, move.IsComplete));
        Assert.Equal(SuspensionOutcome.LeftToOtherChannel, ended.Outcome);
        Assert.Contains(run.Customer(Elsewhere).Users.Single(other => other.Id == user.Id).Licenses, license => string.Equals(license.SkuId, row.SkuId, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task The_partner_buys_and_assigns_and_the_customer_is_told_to_cancel_there()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var moves = await run.MoveAsync(await run.BuyAsync(await FindAsync(run, Elsewhere)));
        var writes = run.Writes();

        var ended = Assert.Single(await run.SuspendAsync(moves));

        Assert.Equal((7, 0, true), (moves[0].Moved, moves[0].Remaining, moves[0].IsComplete));
        Assert.Equal(SuspensionOutcome.LeftToOtherChannel, ended.Outcome);
        Assert.Null(ended.SubscriptionId);
        Assert.Contains("customer", ended.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, run.Writes());
        Assert.All(run.Customer(Elsewhere).Users, user => Assert.Equal(Ids.EngagementPlanSku, Assert.Single(user.Licenses).SkuId));
    }

    [Fact]
    public async Task The_purchase_is_marked_with_the_directory_SKU_and_so_found_again()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var bought = await run.BuyOneAsync(Assert.Single(await FindAsync(run, Elsewhere)));
        var writes = run.Writes();
        using var later = await SandboxRun.ConnectAsync(run.Tenant);

        var row = Assert.Single(await FindAsync(later, Elsewhere));
        var again = await later.BuyOneAsync(row);

        Assert.EndsWith("(from D17B27AF)", run.Subscription(bought.TargetSubscriptionId!).FriendlyName, StringComparison.Ordinal);
        Assert.Equal(MigrationState.Purchased, row.MigrationState);
        Assert.Equal((TargetOutcome.Resumed, bought.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Ours_is_suspended_and_theirs_is_not_where_there_are_both()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var ended = await run.FinishAsync(await FindAsync(run, Both));

        Assert.Equal([SuspensionOutcome.Suspended, SuspensionOutcome.LeftToOtherChannel], ended.Select(subscription => subscription.Outcome));
        Assert.Empty(run.Errors);
        Assert.All(run.Customer(Both).Users, user => Assert.Equal(Ids.EngagementPlanSku, Assert.Single(user.Licenses).SkuId));
    }

    [Fact]
    public async Task Readiness_says_who_cancels_it()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var readiness = await run.CheckAsync(Assert.Single(await FindAsync(run, Elsewhere)));

        Assert.Equal((ReadinessVerdict.Warning, null), (readiness.Verdict, readiness.ErrorId));
        Assert.Contains(readiness.Checks, check => check.Result == ReadinessResult.Warn && check.Remedy!.Contains("customer cancels", StringComparison.Ordinal));
    }

    private static Task<List<ExpiringSubscription>> FindAsync(SandboxRun run, string customer) =>
        run.FindAsync(query => (query.Customers, query.IncludeOtherChannel) = ([customer], true));
}
