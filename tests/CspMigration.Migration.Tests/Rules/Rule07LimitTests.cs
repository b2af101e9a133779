using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Rule 7: of an offer limited per customer, what the customer has is reused, resized or reactivated; otherwise a target
/// found there is ours only if marked, or used if its free units suffice.
/// </summary>
public sealed class Rule07LimitTests
{
    [Fact]
    public async Task Enough_free_seats_are_reused_and_nothing_is_sent()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = Assert.Single(run.Customer("Limited offer with free seats").Subscriptions, IsTeamMembers);

        var target = await run.BuyOneAsync(await run.FindOneAsync("Limited offer with free seats"));

        Assert.Equal((TargetOutcome.Reused, before.Id, 20), (target.Outcome, target.TargetSubscriptionId, target.Quantity));
        Assert.Equal(0, run.Writes());
        Assert.Equal(before, run.Subscription(before.Id));
    }

    [Fact]
    public async Task Too_few_seats_are_made_as_many_as_the_source_had()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = Assert.Single(run.Customer("Limited offer with too few seats").Subscriptions, IsTeamMembers);

        var target = await run.BuyOneAsync(await run.FindOneAsync("Limited offer with too few seats"));

        // Five of six seats are in use; the source has ten.
        Assert.Equal((TargetOutcome.Resized, before.Id, 15), (target.Outcome, target.TargetSubscriptionId, target.Quantity));
        Assert.Equal(15, run.Subscription(before.Id).Quantity);
        Assert.Single(run.Customer("Limited offer with too few seats").Subscriptions, IsTeamMembers);
    }

    [Fact]
    public async Task Seats_that_somebody_else_added_after_the_plan_are_not_taken_for_those_planned()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("Limited offer with too few seats");
        var members = Assert.Single(customer.Subscriptions, IsTeamMembers);
        var source = await run.FindOneAsync(customer.CompanyName);

        // As many as the plan wants there to be; one of six was free, so that ten are free now.
        var user = new ScriptedConfirmer(() => service.ChangeSubscriptionAsync(customer, members.Id, ("quantity", 15)));
        run.Confirmer = user;
        var target = await run.BuyOneAsync(source);

        Assert.Single(user.Asked);
        Assert.Equal((TargetOutcome.Reused, 15), (target.Outcome, target.Quantity));
        Assert.Equal(15, run.Subscription(members.Id).Quantity);
    }

    [Fact]
    public async Task The_most_that_can_be_added_is_named_less_what_is_there()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Limited offer with too few seats");

        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { Quantity = 10_000_000 });

        // Six seats, one of them free; ten millions are the most.
        Assert.Equal("QuantityOutOfRange", error.ErrorId);
        Assert.EndsWith(" -Quantity 9999995", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(10_000_000, (await run.BuyOneAsync(source, new PurchaseOptions { Quantity = 9_999_995 })).Quantity);
    }

    [Fact]
    public async Task A_resize_is_not_made_twice()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        _ = await run.BuyOneAsync(await run.FindOneAsync("Limited offer with too few seats"));
        var writes = run.Writes();
        using var second = await SandboxRun.ConnectAsync(run.Tenant);

        var again = await run.BuyOneAsync(await run.FindOneAsync("Limited offer with too few seats"));
        var withoutJournal = await second.BuyOneAsync(await second.FindOneAsync("Limited offer with too few seats"));

        Assert.Equal((15, 15), (again.Quantity, withoutJournal.Quantity));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task A_resize_that_nobody_can_tell_the_end_of_is_in_doubt_and_not_repeated()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("Limited offer with too few seats");
        var source = await run.FindOneAsync(customer.CompanyName);
        var members = Assert.Single(customer.Subscriptions, IsTeamMembers);

        // As a run leaves it that ended between the mark and the seats.
        await service.ChangeSubscriptionAsync(customer, members.Id, ("friendlyName", $"Members (seats for {source.SubscriptionId![..8]})"));

        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal("ResizeInDoubt", error.ErrorId);
        Assert.Equal(6, run.Subscription(members.Id).Quantity);
    }

    [Fact]
    public async Task A_suspended_one_is_made_active_again()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var before = Assert.Single(run.Customer("Limited offer suspended").Subscriptions, IsTeamMembers);

        var target = await run.BuyOneAsync(await run.FindOneAsync("Limited offer suspended"));

        Assert.Equal((TargetOutcome.Reactivated, before.Id, 10), (target.Outcome, target.TargetSubscriptionId, target.Quantity));
        Assert.Equal("active", run.Subscription(before.Id).Status);
    }

    [Fact]
    public async Task A_reactivated_one_that_is_too_small_grows_to_the_source_s_seats()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var target = await run.BuyOneAsync(await run.FindOneAsync("Limited offer suspended"), new PurchaseOptions { Quantity = 12 });

        Assert.Equal((TargetOutcome.Reactivated, 12), (target.Outcome, target.Quantity));
        Assert.Equal(12, run.Subscription(target.TargetSubscriptionId!).Quantity);
    }

    [Fact]
    public async Task One_that_is_too_late_to_reactivate_is_bought_anew_where_the_limit_counts_what_is_there()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        var source = await run.FindOneAsync("Limited offer suspended");
        using var service = new DirectService(run.Tenant);
        await service.ChangeSubscriptionAsync(run.Customer("Limited offer suspended"), source.SubscriptionId!, ("autoRenewEnabled", true));

        // Suspended twenty days ago, it is deleted after ninety.
        time.Advance(TimeSpan.FromDays(71));
        var members = Assert.Single(run.Customer("Limited offer suspended").Subscriptions, IsTeamMembers);
        var renewed = Assert.Single(await run.FindAsync(query =>
            (query.Customers, query.IncludeAutoRenew, query.Before) = (["Limited offer suspended"], true, time.GetUtcNow().AddDays(365))));

        var target = await run.BuyOneAsync(renewed);

        Assert.Equal(TargetOutcome.Purchased, target.Outcome);
        Assert.NotEqual(members.Id, target.TargetSubscriptionId);
    }

    [Fact]
    public async Task A_limit_for_life_that_is_used_up_is_an_error()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("Paid for the year");
        await service.OrderAsync(customer, Ids.EngagementPlanTrial, 25, "A trial there was before", billingCycle: "none");
        var trial = run.Customer("Paid for the year").Subscriptions.Single(subscription => subscription.OfferId == Ids.EngagementPlanTrial);
        await service.ChangeSubscriptionAsync(customer, trial.Id, ("status", "suspended"));
        run.Tenant.AdvanceClock(TimeSpan.FromDays(32));
        using var later = await SandboxRun.ConnectAsync(run.Tenant, configure: options => options.Time = new SettableTime(run.Tenant.Now.ToString("O")));

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => later.BuyNewAsync(
            customer.Id, new PurchaseOptions { Target = Ids.EngagementPlanTrial, Quantity = 25, FriendlyName = "Another trial" }));

        Assert.Equal("OfferLimitReached", error.ErrorId);
    }

    [Fact]
    public async Task A_limit_the_catalogue_names_is_told_beforehand()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("No more subscriptions");

        var readiness = await run.CheckAsync(source);
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal((ReadinessVerdict.Blocked, "OfferLimitReached"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal("OfferLimitReached", error.ErrorId);
        Assert.Null(error.ServiceCode);
        Assert.Equal(0, run.Writes());

        // The other targets of the map that are on sale: each can be bought in its place.
        var named = Regex.Matches(error.RecommendedAction, "-Target '(.+?)'").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(["Dynamics 365 Sales", "Dynamics 365 Customer Service"], named);
        Assert.Equal(error.RecommendedAction, readiness.Checks.Single(check => check.ErrorId == "OfferLimitReached").Remedy);
        Assert.EndsWith(
            $": New-TargetSubscription -CustomerId {source.CustomerId} -SubscriptionId {source.SubscriptionId} -Target 'Dynamics 365 Sales' # or -Target 'Dynamics 365 Customer Service'",
            error.RecommendedAction,
            StringComparison.Ordinal);
        Assert.Equal(TargetOutcome.Purchased, (await run.BuyOneAsync(source, new PurchaseOptions { Target = named[0] })).Outcome);
    }

    [Theory]
    [InlineData("status:403;code=800066", "800066")]
    [InlineData("status:403;code=800089", "800089")]
    [InlineData("status:400;code=27006", "27006")]
    public async Task A_limit_nobody_can_read_is_an_error_too_and_nothing_else_happens(string refusal, string code)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        run.Tenant.SetFaults(new SandboxFault("POST", "/v1/customers/{customerId}/orders", refusal));

        var source = Assert.Single(await run.FindAsync());
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal(("OfferLimitReached", code), (error.ErrorId, error.ServiceCode));
        Assert.EndsWith(
            $" Other targets in the map: New-TargetSubscription -CustomerId {source.CustomerId} -SubscriptionId {source.SubscriptionId} -Target 'Dynamics 365 Plan'",
            error.RecommendedAction,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_limit_a_target_with_enough_free_units_is_used()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var target = await run.BuyOneAsync(await run.FindOneAsync("Successor with free seats"));

        Assert.Equal((TargetOutcome.Reused, 30), (target.Outcome, target.Quantity));
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Where_there_is_no_limit_a_target_with_too_few_free_units_is_left_alone()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("Successor with free seats");
        var plan = customer.Subscriptions.Single(subscription => subscription.SkuId == Ids.EngagementPlanSku);
        var source = await run.FindOneAsync(customer.CompanyName);

        // Four of nine seats in use: five are free for six users.
        await service.ChangeSubscriptionAsync(customer, plan.Id, ("quantity", 9));
        var target = await run.BuyOneAsync(source);

        Assert.Equal((TargetOutcome.Purchased, 10), (target.Outcome, target.Quantity));
        Assert.Equal(9, run.Subscription(plan.Id).Quantity);
    }

    [Fact]
    public async Task Exactly_as_many_free_units_as_users_suffice()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer("Successor with free seats");
        var plan = customer.Subscriptions.Single(subscription => subscription.SkuId == Ids.EngagementPlanSku);

        // Four of ten seats in use: six are free for six users.
        await service.ChangeSubscriptionAsync(customer, plan.Id, ("quantity", 10));

        Assert.Equal(TargetOutcome.Reused, (await run.BuyOneAsync(await run.FindOneAsync(customer.CompanyName))).Outcome);
    }

    [Fact]
    public async Task A_marked_target_is_ours_whatever_is_free_in_it()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 20, $"My plan (from {source.SubscriptionId![..8]})");
        var writes = run.Writes();

        var target = await run.BuyOneAsync(source);

        Assert.Equal((TargetOutcome.Resumed, 20), (target.Outcome, target.Quantity));
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task Another_source_s_mark_makes_it_nobody_s_but_its_own()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 20, "My plan (from FFFFFFFF)");
        using var other = await SandboxRun.ConnectAsync(run.Tenant);

        // Its twenty free units suffice for twenty users: used, not taken for ours.
        Assert.Equal(TargetOutcome.Reused, (await other.BuyOneAsync(Assert.Single(await other.FindAsync()))).Outcome);
    }

    [Theory]
    [InlineData("Limited offer with too few seats", TargetOutcome.Resized, 20)]
    [InlineData("Limited offer suspended", TargetOutcome.Reactivated, 15)]
    public async Task Without_a_source_seats_are_added_once_for_a_name(string name, TargetOutcome outcome, int seats)
    {
        using var journal = new TemporaryFile("journal.jsonl");
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.JournalPath = journal.Path);
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer(name);

        var first = await run.BuyNewAsync(customer.Id, Members);
        foreach (var user in customer.Users.Take(5))
        {
            await service.AssignAsync(customer, user, first.SkuId!);
        }

        var again = await run.BuyNewAsync(customer.Id, Members);
        var writes = run.Writes();
        var third = await run.BuyNewAsync(customer.Id, Members);

        Assert.Equal((outcome, seats), (first.Outcome, first.Quantity));
        Assert.Equal((TargetOutcome.Resumed, seats, first.TargetSubscriptionId), (again.Outcome, again.Quantity, again.TargetSubscriptionId));
        Assert.Equal((TargetOutcome.Resumed, seats), (third.Outcome, third.Quantity));
        Assert.Equal(seats, run.Subscription(first.TargetSubscriptionId!).Quantity);
        Assert.Equal(writes, run.Writes());
        Assert.DoesNotContain(run.Observer.Messages, IsAdvice);
    }

    [Theory]
    [InlineData("Limited offer with too few seats")]
    [InlineData("Limited offer suspended")]
    public async Task Without_a_source_and_with_the_journal_lost_what_is_free_tells_or_it_is_in_doubt(string name)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer(name);
        var first = await run.BuyNewAsync(customer.Id, Members);
        using var elsewhere = await SandboxRun.ConnectAsync(run.Tenant);

        var again = await elsewhere.BuyNewAsync(customer.Id, Members);
        foreach (var user in customer.Users.Where(user => user.Licenses.All(license => license.SkuId != first.SkuId)).Take(1))
        {
            await service.AssignAsync(customer, user, first.SkuId!);
        }

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => elsewhere.BuyNewAsync(customer.Id, Members));

        Assert.Equal(TargetOutcome.Resumed, again.Outcome);
        Assert.Equal("ResizeInDoubt", error.ErrorId);
        Assert.Contains("Set-Subscription", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(first.Quantity, run.Subscription(first.TargetSubscriptionId!).Quantity);
    }

    [Fact]
    public async Task Without_a_source_another_name_adds_others_and_another_number_is_warned_of()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var customer = run.Customer("Limited offer with too few seats");
        _ = await run.BuyNewAsync(customer.Id, Members);

        var more = await run.BuyNewAsync(customer.Id, Members with { Quantity = 18 });
        var other = await run.BuyNewAsync(customer.Id, Members with { FriendlyName = "North", Quantity = 18 });

        Assert.Equal((TargetOutcome.Resumed, 20), (more.Outcome, more.Quantity));
        Assert.Single(run.Observer.Messages, IsAdvice);
        Assert.Equal((TargetOutcome.Resized, 23), (other.Outcome, other.Quantity));
    }

    [Theory]
    [InlineData("Limited offer with too few seats", TargetOutcome.Resized, 20)]
    [InlineData("Limited offer suspended", TargetOutcome.Reactivated, 15)]
    public async Task Without_a_source_a_change_that_was_interrupted_is_finished(string name, TargetOutcome outcome, int seats)
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        var customer = run.Customer(name);
        run.Tenant.SetFaults(new SandboxFault("PATCH", "*", "status:503", skip: 1, times: 10_000));
        _ = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(customer.Id, Members));
        run.Tenant.SetFaults();

        var finished = await run.BuyNewAsync(customer.Id, Members);

        Assert.Equal((outcome, seats), (finished.Outcome, finished.Quantity));
        Assert.Equal(seats, run.Subscription(finished.TargetSubscriptionId!).Quantity);
        Assert.Equal(TargetOutcome.Resumed, (await run.BuyNewAsync(customer.Id, Members)).Outcome);
    }

    private static PurchaseOptions Members => new() { Target = "Dynamics 365 Team Members", Quantity = 15 };

    private static bool IsAdvice(string message) => message.Contains("Set-Subscription -Quantity", StringComparison.Ordinal);

    private static bool IsTeamMembers(Sandbox.SandboxSubscription subscription) => subscription.OfferId == Ids.TeamMembers;
}
