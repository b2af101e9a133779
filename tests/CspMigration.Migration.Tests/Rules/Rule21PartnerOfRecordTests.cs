using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 21: the purchase carries the source's partner of record; -PartnerIdOnRecord overrides.</summary>
public sealed class Rule21PartnerOfRecordTests
{
    private const string Profile = "/v1/profiles/mpn";

    [Theory]
    [InlineData(CommerceChoice.Legacy)]
    [InlineData(CommerceChoice.New)]
    public async Task The_source_s_reseller_stays_on_record(CommerceChoice commerce)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Reseller of record");

        var bought = await run.BuyOneAsync(source, new PurchaseOptions { Commerce = commerce });

        Assert.Equal(("4567890", "4567890"), (source.PartnerIdOnRecord, bought.PartnerIdOnRecord));
        Assert.Equal("4567890", await PartnerAsync(run, bought));
    }

    [Theory]
    [InlineData(CommerceChoice.Legacy)]
    [InlineData(CommerceChoice.New)]
    public async Task Another_can_be_named(CommerceChoice commerce)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var bought = await run.BuyOneAsync(
            await run.FindOneAsync("Reseller of record"), new PurchaseOptions { Commerce = commerce, PartnerIdOnRecord = "1112223" });

        Assert.Equal("1112223", bought.PartnerIdOnRecord);
        Assert.Equal("1112223", await PartnerAsync(run, bought));
    }

    [Theory]
    [InlineData("4567890", "1112223", 2)]
    [InlineData("4567890", "4567890", 1)]
    [InlineData("4567890", null, 1)]
    [InlineData(null, "1112223", 1)]
    public async Task Each_reseller_of_sources_with_one_target_has_a_purchase(string? first, string? second, int purchases)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await FindOfResellersAsync(run, first, second);

        var bought = await run.BuyAsync(rows, new PurchaseOptions { Target = "Dynamics 365 Customer Engagement Plan" });
        _ = await run.SuspendAsync(await run.MoveAsync(bought));

        Assert.Empty(run.Errors);
        Assert.Equal(purchases, bought.Select(target => target.TargetSubscriptionId).Distinct().Count());
        Assert.Equal([first ?? second, second ?? first], bought.Select(target => target.PartnerIdOnRecord));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Two_resellers_of_what_can_be_had_once_are_an_error_and_its_remedy_helps()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await FindOfResellersAsync(run, "4567890", "1112223");

        var readiness = await run.Client.Readiness.CheckAsync(rows, new PurchaseOptions(), default, default);
        var first = Assert.Single(await run.BuyAsync(rows));
        var error = run.TakeError();
        var again = await run.BuyAsync([rows[1]]);
        var errorLater = run.TakeError();
        var second = await run.BuyOneAsync(rows[1], new PurchaseOptions { PartnerIdOnRecord = "4567890" });

        Assert.Equal([null, "ResellerMismatch"], readiness.Select(source => source.ErrorId));
        Assert.Equal("4567890", first.PartnerIdOnRecord);
        Assert.Equal(("ResellerMismatch", rows[1].SubscriptionId), (error.ErrorId, error.SubscriptionId));
        Assert.Empty(again);
        Assert.All([error, errorLater], failure => Assert.EndsWith(
            $"New-TargetSubscription -CustomerId {rows[1].CustomerId} -SubscriptionId {rows[1].SubscriptionId} -PartnerIdOnRecord '4567890'", failure.RecommendedAction, StringComparison.Ordinal));
        Assert.Equal((TargetOutcome.Resized, first.TargetSubscriptionId), (second.Outcome, second.TargetSubscriptionId));
    }

    [Theory]
    [InlineData(null, TargetOutcome.Purchased)]
    [InlineData("1112223", TargetOutcome.Purchased)]
    [InlineData("4567890", TargetOutcome.Reused)]
    public async Task Free_seats_are_used_only_of_the_source_s_own_reseller(string? reseller, TargetOutcome outcome)
    {
        const string Customer = "Successor with free seats";
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync(Customer);
        var customer = run.Customer(Customer);
        await service.ChangeSubscriptionAsync(customer, source.SubscriptionId!, ("partnerId", "4567890"));
        if (reseller is not null)
        {
            await service.ChangeSubscriptionAsync(customer, customer.Subscriptions.Single(other => other.Id != source.SubscriptionId).Id, ("partnerId", reseller));
        }

        var bought = await run.BuyOneAsync(source);

        Assert.Equal((outcome, "4567890"), (bought.Outcome, bought.PartnerIdOnRecord));
    }

    [Fact]
    public async Task A_source_without_one_gives_none()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));

        Assert.True(string.IsNullOrEmpty(bought.PartnerIdOnRecord));
        Assert.True(string.IsNullOrEmpty(await PartnerAsync(run, bought)));
    }

    [Theory]
    [InlineData(CommerceChoice.Legacy)]
    [InlineData(CommerceChoice.New)]
    public async Task One_that_is_not_valid_any_more_is_refused_before_anything_is_sent_and_the_advice_is_to_name_another(CommerceChoice commerce)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Reseller no longer valid");
        var another = new PurchaseOptions { Commerce = commerce, PartnerIdOnRecord = "1112223" };

        var readiness = await run.CheckAsync(source, new PurchaseOptions { Commerce = commerce });
        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { Commerce = commerce });
        Assert.Equal(0, run.Writes());
        var withAnother = await run.CheckAsync(source, another);
        var bought = await run.BuyOneAsync(source, another);

        Assert.Equal((ReadinessVerdict.Blocked, "ResellerNotValid"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal("ResellerNotValid", error.ErrorId);
        Assert.Contains("-PartnerIdOnRecord", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(ReadinessVerdict.Ready, withAnother.Verdict);
        Assert.Equal((TargetOutcome.Purchased, "1112223"), (bought.Outcome, bought.PartnerIdOnRecord));
    }

    [Fact]
    public async Task One_named_that_is_not_valid_is_refused_too_with_a_source_or_without()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { PartnerIdOnRecord = "12" });
        var withoutSource = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(
            source.CustomerId, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 1, PartnerIdOnRecord = "12" }));

        Assert.Equal(("ResellerNotValid", "ResellerNotValid"), (error.ErrorId, withoutSource.ErrorId));
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData(CommerceChoice.Legacy, "900247")]
    [InlineData(CommerceChoice.New, null)]
    public async Task One_that_only_the_purchase_refuses_is_the_same_error(CommerceChoice commerce, string? code)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        run.Tenant.SetFaults(new SandboxFault("GET", Profile, "status:200"));

        var error = await run.RefusePurchaseAsync(await run.FindOneAsync("Reseller no longer valid"), new PurchaseOptions { Commerce = commerce });

        Assert.Equal(("ResellerNotValid", code), (error.ErrorId, error.ServiceCode));
        Assert.Contains("-PartnerIdOnRecord", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4567890", "ResellerNotValid")]
    [InlineData(null, "Unauthorized")]
    public async Task A_partner_not_valid_for_an_offer_is_the_reseller_where_there_is_one(string? reseller, string errorId)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        run.Tenant.SetFaults(new SandboxFault("POST", "/v1/customers/{customerId}/orders", "status:403;code=2006"));

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { PartnerIdOnRecord = reseller });

        Assert.Equal((errorId, "2006"), (error.ErrorId, error.ServiceCode));
    }

    [Theory]
    [InlineData("status:403;code=900329")]
    [InlineData("status:403")]
    [InlineData("status:404")]
    public async Task Where_it_may_not_be_asked_only_the_run_can_tell(string refusal)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        run.Tenant.SetFaults(new SandboxFault("GET", Profile, refusal, times: 9));
        var source = await run.FindOneAsync("Reseller of record");

        var readiness = await run.CheckAsync(source);
        var bought = await run.BuyOneAsync(source);

        var check = readiness.Checks.Single(candidate => candidate.Rule == ReadinessRule.PartnerOfRecord);
        Assert.Equal((ReadinessVerdict.Ready, null), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal((ReadinessResult.Unknown, "ResellerNotValid"), (check.Result, check.ErrorId));
        Assert.Equal("4567890", bought.PartnerIdOnRecord);
    }

    [Fact]
    public async Task It_is_asked_once_an_id()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=3,subscriptions=2,users=4");
        var rows = await run.FindAsync();

        _ = await run.BuyAsync(rows.Take(4), new PurchaseOptions { PartnerIdOnRecord = "4567890" });
        _ = await run.BuyAsync(rows.Skip(4), new PurchaseOptions { PartnerIdOnRecord = "12" });

        Assert.Equal(2, run.Tenant.GetRequests().Count("GET " + Profile));
    }

    [Fact]
    public async Task Nobody_asks_where_nothing_is_ordered()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var reused = await run.BuyOneAsync(await run.FindOneAsync("Successor with free seats"), new PurchaseOptions { PartnerIdOnRecord = "12" });

        Assert.Equal(TargetOutcome.Reused, reused.Outcome);
        Assert.Equal(0, run.Tenant.GetRequests().Count("GET " + Profile));
    }

    [Fact]
    public async Task A_purchase_without_a_source_carries_the_one_named()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var bought = await run.BuyNewAsync(
            run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 1, PartnerIdOnRecord = "1112223" });

        Assert.Equal("1112223", await PartnerAsync(run, bought));
    }

    private static async Task<string?> PartnerAsync(SandboxRun run, TargetSubscription target)
    {
        using var service = new DirectService(run.Tenant);
        return (string?)(await service.GetAsync($"customers/{target.CustomerId}/subscriptions/{target.TargetSubscriptionId}"))["partnerId"];
    }

    // Seven users each, three of them both; the default target can be had once.
    private static async Task<List<ExpiringSubscription>> FindOfResellersAsync(SandboxRun run, string? first, string? second)
    {
        const string Customer = "Two sources and one target";
        using var service = new DirectService(run.Tenant);
        var rows = await run.FindAsync(Customer);
        foreach (var (row, reseller) in rows.Zip([first, second]).Where(pair => pair.Second is not null))
        {
            await service.ChangeSubscriptionAsync(run.Customer(Customer), row.SubscriptionId!, ("partnerId", reseller));
        }

        return await run.FindAsync(Customer);
    }
}
