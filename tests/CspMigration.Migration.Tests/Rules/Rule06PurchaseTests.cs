using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 6: item, licenses, billing cycle and term of the purchase; segment, country, limits of quantity and seat tiers.</summary>
public sealed class Rule06PurchaseTests
{
    private const string NonprofitTeamMembers = "00000000-5A4D-4000-A000-000000000005";

    [Fact]
    public async Task Cycle_and_seats_are_the_source_s_and_a_source_without_a_term_gives_a_year()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => recorder = new RequestRecorder(inner));
        var source = await run.FindOneAsync("Paid for the year");

        var bought = await run.BuyOneAsync(source);

        Assert.Null(source.TermDuration);
        Assert.Equal((10, "annual", "P1Y"), (bought.Quantity, bought.BillingCycle, bought.TermDuration));
        var order = Assert.Single(recorder!.Writes).Body;
        Assert.Contains("annual", order, StringComparison.Ordinal);
        Assert.Contains(Ids.TeamMembers, order, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cycle_term_and_seats_can_be_named()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");

        var bought = await run.BuyOneAsync(
            Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = "Dynamics 365 Plan", Quantity = 30, BillingCycle = "Annual", Term = "P3Y" });

        Assert.Equal((30, "annual", "P3Y"), (bought.Quantity, bought.BillingCycle, bought.TermDuration));
    }

    [Fact]
    public async Task A_term_that_is_not_sold_is_an_error_that_lists_what_is()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Term = "P3Y" });

        Assert.Equal("TargetNotOnSale", error.ErrorId);
        Assert.All(["-Term P1M -BillingCycle Monthly", "-Term P1Y -BillingCycle Monthly", "-Term P1Y -BillingCycle Annual"], sold => Assert.Contains(sold, error.RecommendedAction, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("P1M")]
    [InlineData("P3Y")]
    public async Task A_legacy_offer_is_sold_for_a_year_and_nothing_else(string term)
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Term = term });

        Assert.Equal("TargetNotOnSale", error.ErrorId);
        Assert.All(["-Term P1Y -BillingCycle Monthly", "-Term P1Y -BillingCycle Annual", " or -Commerce New"], sold => Assert.Contains(sold, error.RecommendedAction, StringComparison.Ordinal));
    }

    [Fact]
    public async Task New_commerce_can_end_a_term_on_a_chosen_day_and_legacy_cannot()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { TermEndDate = SettableTime.Moment("2026-12-31T00:00:00Z") };

        Assert.Equal("TargetNotOnSale", (await run.RefusePurchaseAsync(source, options)).ErrorId);
        var bought = await run.BuyOneAsync(source, options with { Commerce = CommerceChoice.New });

        Assert.StartsWith("2026-12-31", run.Subscription(bought.TargetSubscriptionId!).CommitmentEndDate, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z", null, "not in the future", "2026-03-11 to 2027-03-09")]
    [InlineData("2026-03-10T23:59:59Z", null, "not in the future", "2026-03-11 to 2027-03-09")]
    [InlineData("2027-03-10T00:00:00Z", null, "beyond the term P1Y", "2026-03-11 to 2027-03-09")]
    [InlineData("2026-04-10T00:00:00Z", "P1M", "beyond the term P1M", "2026-03-11 to 2026-04-09")]
    public async Task A_day_that_is_past_or_beyond_the_term_is_refused_before_anything_is_sent(string day, string? term, string why, string days)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { Commerce = CommerceChoice.New, Term = term, TermEndDate = SettableTime.Moment(day) };

        var readiness = await run.CheckAsync(source, options);
        var error = await run.RefusePurchaseAsync(source, options);
        var withoutSource = await Assert.ThrowsAsync<CspMigrationException>(
            () => run.BuyNewAsync(source.CustomerId, options with { Target = "Dynamics 365 Sales", Quantity = 1 }, planOnly: true));

        Assert.Equal((ReadinessVerdict.Blocked, "CartLineRefused"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal(("CartLineRefused", "CartLineRefused"), (error.ErrorId, withoutSource.ErrorId));
        Assert.All([error, withoutSource], refused =>
        {
            Assert.Contains(day.Substring(0, 10), refused.Problem, StringComparison.Ordinal);
            Assert.Contains(why, refused.Problem, StringComparison.Ordinal);
            Assert.Contains($"-TermEndDate, name a day from {days}", refused.RecommendedAction, StringComparison.Ordinal);
        });
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("2026-03-31T00:00:00Z", null)]
    [InlineData("2027-03-09T23:59:59Z", null)]
    [InlineData("2027-03-31T00:00:00Z", "P3Y")]
    public async Task The_first_end_of_a_month_and_the_last_day_of_the_term_are_taken(string day, string? term)
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var options = new PurchaseOptions { Target = term is null ? null : "Dynamics 365 Sales Enterprise", Commerce = CommerceChoice.New, Term = term, TermEndDate = SettableTime.Moment(day) };

        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), options);

        Assert.StartsWith(day.Substring(0, 10), run.Subscription(bought.TargetSubscriptionId!).CommitmentEndDate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_term_ends_with_a_month_or_with_another_subscription_or_nothing_is_sent()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { Commerce = CommerceChoice.New, Target = "Dynamics 365 Plan" };
        PurchaseOptions At(string day) => options with { TermEndDate = SettableTime.Moment(day) };

        var error = await run.RefusePurchaseAsync(source, At("2026-12-15T00:00:00Z"));
        Assert.Equal(("CartLineRefused", 0), (error.ErrorId, run.Writes()));
        Assert.Contains("the last day of a month until 2027-03-09;", error.RecommendedAction, StringComparison.Ordinal);

        var other = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Commerce = CommerceChoice.New, Target = "Dynamics 365 Team Members", Quantity = 1 });
        time.Set("2026-04-01T12:00:00Z");
        Assert.StartsWith("2027-03-09", run.Subscription(other.TargetSubscriptionId!).CommitmentEndDate, StringComparison.Ordinal);
        var refused = await run.RefusePurchaseAsync(source, At("2027-03-08T00:00:00Z"));
        Assert.Contains("until 2027-03-31 or 2027-03-09;", refused.RecommendedAction, StringComparison.Ordinal);
        var aligned = await run.BuyOneAsync(source, At("2027-03-09T00:00:00Z"));
        Assert.StartsWith("2027-03-09", run.Subscription(aligned.TargetSubscriptionId!).CommitmentEndDate, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approved_day_that_has_passed_asks_for_a_new_plan()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var planned = await run.BuyAsync(await run.FindAsync(), new PurchaseOptions { Commerce = CommerceChoice.New, TermEndDate = SettableTime.Moment("2026-03-31T00:00:00Z") }, planOnly: true);
        time.Set("2026-03-31T12:00:00Z");

        Assert.Empty(await run.BuyApprovedAsync(JsonSerializer.Serialize(planned)));

        var error = run.TakeError();
        Assert.Equal("CartLineRefused", error.ErrorId);
        Assert.Contains("Make the plan again with a day from 2026-04-01", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task The_prompt_says_on_which_day_the_term_ends()
    {
        using var run = await SandboxRun.StartAsync("contoso", time: new SettableTime("2026-03-10T12:00:00Z"));
        var rows = await run.FindAsync();
        var options = new PurchaseOptions { Commerce = CommerceChoice.New, TermEndDate = SettableTime.Moment("2026-12-31T00:00:00Z") };
        var planning = await run.Client.Purchases.PlanAsync(rows, options, CancellationToken.None);
        var unpriced = Assert.Single(planning.Plans);
        var priced = await run.Client.Purchases.PrepareAsync(unpriced, CancellationToken.None);
        var wholeRun = await run.Client.Runs.PlanAsync(rows, new MigrationRunOptions { Purchases = options }, CancellationToken.None);

        Assert.All([unpriced.ActionText, priced.ActionText, wholeRun.ActionText], text => Assert.Contains("term P1Y, ending 2026-12-31, billed monthly", text, StringComparison.Ordinal));
        Assert.Contains("ending 2026-12-31", (await run.CheckAsync(rows[0], options)).Checks.Single(check => check.Rule == ReadinessRule.Term).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_of_a_segment_is_refused_to_others_before_it_is_ordered()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = NonprofitTeamMembers });

        Assert.Equal("SegmentMismatch", error.ErrorId);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task An_offer_of_a_segment_is_sold_to_those_who_qualify()
    {
        using var run = await SandboxRun.StartAsync("contoso:qualification=Nonprofit");

        Assert.Equal(NonprofitTeamMembers, (await run.BuyOneAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = NonprofitTeamMembers })).OfferId);
    }

    [Fact]
    public async Task A_qualified_customer_gets_its_segment_s_item_and_others_the_commercial_one()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        const string Path = "products/CFQ7TTC0SB04/skus/0001/availabilities";
        var education = await service.GetAsync($"customers/{run.Customer("Education customer").Id}/{Path}?targetSegment=education");
        var commercial = await service.GetAsync($"customers/{run.Customer("Plans matched by name").Id}/{Path}?targetSegment=commercial");
        var options = new PurchaseOptions { Commerce = CommerceChoice.New };

        var ofSchool = await run.BuyOneAsync(await run.FindOneAsync("Education customer"), options);
        var ofOthers = await run.BuyOneAsync(await run.FindOneAsync("Plans matched by name"), options);

        Assert.Equal((string?)education["items"]![0]!["catalogItemId"], ofSchool.OfferId);
        Assert.Equal((string?)commercial["items"]![0]!["catalogItemId"], ofOthers.OfferId);
    }

    [Fact]
    public async Task What_is_sold_in_another_country_only_is_no_target_here()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { Target = "Sandbox Service Desk" });

        Assert.Equal("NoTarget", error.ErrorId);
        Assert.Contains("US", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CommerceChoice.Legacy)]
    [InlineData(CommerceChoice.New)]
    public async Task Nineteen_seats_of_a_plan_sold_from_twenty_are_refused_and_twenty_are_not(CommerceChoice commerce)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { Quantity = 19, Commerce = commerce });
        Assert.Equal("QuantityOutOfRange", error.ErrorId);
        Assert.EndsWith(
            $"New-TargetSubscription -CustomerId {source.CustomerId} -SubscriptionId {source.SubscriptionId} -Commerce {commerce} -Quantity 20", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());

        Assert.Equal(20, (await run.BuyOneAsync(source, new PurchaseOptions { Quantity = 20, Commerce = commerce })).Quantity);
    }

    [Fact]
    public async Task More_seats_than_an_offer_s_maximum_are_refused()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(
            run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Plan", FriendlyName = "It's ours", Quantity = 10_000_001 }));

        Assert.Equal("QuantityOutOfRange", error.ErrorId);
        Assert.EndsWith(
            $"New-TargetSubscription -CustomerId {run.Customer().Id} -Target 'Dynamics 365 Plan' -FriendlyName 'It''s ours' -Quantity 10000000", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData(1, Ids.EngagementPlan1)]
    [InlineData(99, Ids.EngagementPlan1)]
    [InlineData(100, Ids.EngagementPlan2)]
    [InlineData(249, Ids.EngagementPlan2)]
    [InlineData(250, Ids.EngagementPlan3)]
    [InlineData(499, Ids.EngagementPlan3)]
    [InlineData(500, Ids.EngagementPlan4)]
    [InlineData(999, Ids.EngagementPlan4)]
    [InlineData(1000, Ids.EngagementPlan5)]
    public async Task The_seat_tier_follows_the_seats(int seats, string offerId)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var planned = await run.BuyOneAsync(await run.FindOneAsync("CRM Online Enterprise"), new PurchaseOptions { Quantity = seats }, planOnly: true);

        Assert.Equal((offerId, seats), (planned.OfferId, planned.Quantity));
    }

    // The customer has five seats of the plan already, all in use.
    [Theory]
    [InlineData(94, Ids.EngagementPlan1)]
    [InlineData(95, Ids.EngagementPlan2)]
    public async Task The_seat_tier_counts_the_plan_s_total_after_the_purchase(int seats, string offerId)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var bought = await run.BuyOneAsync(await run.FindOneAsync("No free seat"), new PurchaseOptions { Quantity = seats });

        Assert.Equal((offerId, seats), (bought.OfferId, bought.Quantity));
    }

    [Theory]
    [InlineData("education")]
    [InlineData("nonprofit")]
    [InlineData("commercial")]
    public async Task The_catalogue_can_be_asked_for_a_segment(string segment)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var offers = new List<TargetOffer>();

        await run.Client.Catalog.ListAsync(new OfferQuery { Name = "Dynamics 365 Team Members*", Segment = segment }, Results.Into(offers), default);

        Assert.NotEmpty(offers);
        Assert.All(offers, offer => Assert.Equal(segment, offer.Segment ?? "commercial"));
    }

    [Fact]
    public async Task What_can_be_bought_of_new_commerce_is_read_several_at_once_and_listed_in_order()
    {
        MeetingHandler? meeting = null;
        using var run = await SandboxRun.StartAsync(
            "contoso:legacyCommerce=closed", inner => meeting = new MeetingHandler(inner, "/availabilities", calls: 3));
        var offers = new List<TargetOffer>();

        await run.Client.Catalog.ListAsync(new OfferQuery { Commerce = CommerceChoice.New }, Results.Into(offers), default);

        Assert.InRange(offers.Count, 3, meeting!.Count);
        Assert.Equal(offers.Select(offer => offer.Name).Order(StringComparer.OrdinalIgnoreCase), offers.Select(offer => offer.Name));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("education", 0)]
    public async Task The_customer_s_segments_are_asked_for_only_where_none_is_named(string? segment, int calls)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var query = new OfferQuery { CustomerId = run.Customer().Id, Segment = segment };

        await run.Client.Catalog.ListAsync(query, _ => Task.CompletedTask, default);

        Assert.Equal(calls, run.Tenant.GetRequests().Count("GET /v1/customers/{customerId}/qualifications"));
    }
}
