using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 9: add-ons are bought after, or with, their base and suspended before it; sources with one target share a purchase.</summary>
public sealed class Rule09AddOnTests
{
    private const string Contained = "Add-on contained in the plan";
    private const string Storage = "Dynamics 365 Additional Database Storage";

    [Fact]
    public async Task Discovery_gives_an_add_on_directly_after_its_base()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var rows = await run.FindAsync(Contained);

        Assert.Equal([null, rows[0].SubscriptionId], rows.Select(row => row.ParentSubscriptionId));
        Assert.Equal([rows[1].SubscriptionId!], rows[0].AddOns);
        Assert.Empty(rows[1].AddOns);
    }

    [Fact]
    public async Task An_add_on_whose_holders_all_get_the_plan_is_covered_and_buys_nothing()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var targets = await run.BuyAsync(await run.FindAsync(Contained));

        Assert.Equal([(TargetOutcome.Purchased, 10), (TargetOutcome.Covered, 10)], targets.Select(target => (target.Outcome, target.Quantity)));
        Assert.Equal(targets[0].TargetSubscriptionId, targets[1].TargetSubscriptionId);
        Assert.Equal(10, Assert.Single(run.Customer(Contained).Orders, order => order.Origin == "api").LineItems.Single().Quantity);
    }

    [Fact]
    public async Task A_user_of_both_gets_one_license_by_one_update()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => recorder = new RequestRecorder(inner));

        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(Contained)));

        Assert.Equal([8, 5], moves.Select(move => move.Moved));
        Assert.Equal(8, recorder!.Writes.Count(request => request.Path.EndsWith("/licenseupdates", StringComparison.Ordinal)));
        Assert.All(run.Customer(Contained).Users, user => Assert.Equal(Ids.EngagementPlanSku, Assert.Single(user.Licenses).SkuId));
    }

    [Fact]
    public async Task An_add_on_held_by_somebody_without_the_base_needs_seats_of_its_own()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        await GiveTheAddOnToOneMoreAsync(run);

        var targets = await run.BuyAsync(await run.FindAsync(Contained));

        // Ten and ten, less the four who still hold both.
        Assert.Equal([(TargetOutcome.Purchased, 16), (TargetOutcome.Covered, 16)], targets.Select(target => (target.Outcome, target.Quantity)));
    }

    [Fact]
    public async Task Right_sized_it_is_the_union_of_the_holders()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        await GiveTheAddOnToOneMoreAsync(run);

        var targets = await run.BuyAsync(await run.FindAsync(Contained), new PurchaseOptions { RightSize = true });

        Assert.All(targets, target => Assert.Equal(8, target.Quantity));
    }

    [Fact]
    public async Task Quantities_of_two_sources_are_added_less_one_for_each_user_of_both()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var targets = await run.BuyAsync(await run.FindAsync("Two sources and one target"));

        Assert.Equal([(TargetOutcome.Purchased, 17), (TargetOutcome.Covered, 17)], targets.Select(target => (target.Outcome, target.Quantity)));
        Assert.Single(run.Customer("Two sources and one target").Orders, order => order.Origin == "api");
    }

    [Theory]
    [InlineData("Two sources and one target", "17 seats: 10 of CRM Online Essential and 10 of Dynamics AX Self Serve, less 3 for users who hold several of them and need only one.")]
    [InlineData("Add-on contained in the plan", "10 seats: 10 of CRM Online Professional and none of Field Service User Add-On, whose holders get the target anyway.")]
    [InlineData("One SKU twice and both expiring", "20 seats, 10 and 10 of CRM Online Professional; 14 users are to be moved.")]
    public async Task The_seats_of_several_sources_are_accounted_for(string customer, string account)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var readiness = await run.Client.Readiness.CheckAsync(await run.FindAsync(customer), new PurchaseOptions(), default, CancellationToken.None);

        Assert.All(readiness, source => Assert.Equal(account, source.Checks.Single(check => check.Rule == "Seats").Message));
    }

    [Fact]
    public async Task Right_sized_two_sources_get_one_seat_for_each_holder_of_either()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var targets = await run.BuyAsync(await run.FindAsync("Two sources and one target"), new PurchaseOptions { RightSize = true });

        Assert.All(targets, target => Assert.Equal(11, target.Quantity));
    }

    [Fact]
    public async Task One_purchase_for_two_sources_is_marked_with_both()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync("Two sources and one target");

        var target = (await run.BuyAsync(rows))[0];

        Assert.EndsWith(
            $"(from {rows[0].SubscriptionId![..8].ToUpperInvariant()} {rows[1].SubscriptionId![..8].ToUpperInvariant()})",
            run.Subscription(target.TargetSubscriptionId!).FriendlyName,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_is_not_suspended_before_its_add_on()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(Contained)));

        Assert.Empty(await run.SuspendAsync([moves[0]]));
        var error = run.TakeError();
        var ended = await run.SuspendAsync([moves[1], moves[0]]);

        Assert.Equal("AddOnStillActive", error.ErrorId);
        Assert.Contains(moves[1].SourceSubscriptionId!, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            $"(Suspend-Subscription -CustomerId {moves[1].CustomerId} -SubscriptionId {moves[1].SourceSubscriptionId} -Reason CustomerRequest)", error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([SuspensionOutcome.Suspended, SuspensionOutcome.Suspended], ended.Select(subscription => subscription.Outcome));
    }

    [Fact]
    public async Task An_add_on_that_nobody_migrates_keeps_the_base_active_and_readiness_says_so()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Add-on that stays active");

        var readiness = await run.CheckAsync(source);
        Assert.Empty(await run.FinishAsync([source]));

        var error = run.TakeError();
        var addOn = run.Customer("Add-on that stays active").Subscriptions.Single(subscription => subscription.ParentSubscriptionId is not null);
        var days = (DateTime.Parse(addOn.CommitmentEndDate, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).Date - DateTime.UtcNow.Date).Days;
        Assert.Equal((ReadinessVerdict.Warning, "AddOnStillActive"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal("AddOnStillActive", error.ErrorId);
        Assert.True(days > 90);
        Assert.EndsWith(
            $": Get-ExpiringSubscription {source.CustomerId} -IncludeAutoRenew -Within {days} | New-TargetSubscription | Move-UserLicense | Suspend-Subscription",
            error.RecommendedAction,
            StringComparison.Ordinal);
        Assert.Equal(error.RecommendedAction, readiness.Checks.Single(check => check.ErrorId == "AddOnStillActive").Remedy);
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
    }

    [Fact]
    public async Task The_add_on_that_renews_can_be_taken_along()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var nextYear = run.Client.Discovery.EndOfWindow(365);
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew, query.Before) = (["Add-on that stays active"], true, nextYear));

        var ended = await run.FinishAsync(rows);

        Assert.Empty(run.Errors);
        Assert.Equal([SuspensionOutcome.Suspended, SuspensionOutcome.Suspended], ended.Select(subscription => subscription.Outcome));
    }

    [Fact]
    public async Task A_base_is_made_active_again_before_its_add_on()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Contained);
        _ = await run.FinishAsync(rows);

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.ResumeAsync(rows[1].CustomerId, rows[1].SubscriptionId!));
        var resumed = new List<ExpiringSubscription>
        {
            await run.ResumeAsync(rows[0].CustomerId, rows[0].SubscriptionId!),
            await run.ResumeAsync(rows[1].CustomerId, rows[1].SubscriptionId!),
        };

        Assert.Equal("PrerequisiteMissing", error.ErrorId);
        Assert.All(resumed, row => Assert.Equal("active", row.Status));
    }

    [Theory]
    [InlineData("contoso", Storage)]
    [InlineData("contoso", "00000000-5A4D-4000-A000-000000000002")]
    [InlineData("contoso:legacyCommerce=closed", Storage)]
    [InlineData("contoso:legacyCommerce=closed", "CFQ7TTC0SB0E:0001")]
    [InlineData("contoso:legacyCommerce=refused", Storage)]
    public async Task An_add_on_asked_for_is_bought_with_the_base_and_once(string scenario, string addOn)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { AddOns = [addOn] };

        var target = await run.BuyOneAsync(source, options);
        var writes = run.Writes();
        var again = await run.BuyOneAsync(source, options);

        var storage = Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage);
        Assert.Equal((1, "active"), (storage.Quantity, storage.Status));
        if (target.Commerce == CommerceKind.Legacy)
        {
            Assert.Equal(target.TargetSubscriptionId, storage.ParentSubscriptionId);
        }

        Assert.Equal(TargetOutcome.Resumed, again.Outcome);
        Assert.Equal(writes, run.Writes());
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("contoso", true)]
    [InlineData("contoso", false)]
    [InlineData("contoso:legacyCommerce=closed", true)]
    [InlineData("contoso:legacyCommerce=closed", false)]
    public async Task An_add_on_asked_for_is_bought_also_with_a_base_that_an_interrupted_run_began(string scenario, bool hasSource)
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(scenario, time: time);
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { AddOns = [Storage] };
        run.Tenant.SetFaults(
            new SandboxFault("POST", "/v1/customers/{customerId}/orders", "drop-before", times: 10_000),
            new SandboxFault("POST", "/v1/customers/{customerId}/carts/{cartId}/checkout", "drop-before", times: 10_000));
        await BuyAsync();
        run.Errors.Clear();
        run.Tenant.SetFaults();

        await BuyAsync();
        var writes = run.Writes();
        await BuyAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(writes, run.Writes());
        Assert.Equal(1, Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage).Quantity);
        Assert.Single(run.Customer().Subscriptions, subscription => subscription.FriendlyName.StartsWith("Dynamics 365 Unified Operations Plan (", StringComparison.Ordinal));

        async Task BuyAsync()
        {
            try
            {
                _ = hasSource
                    ? await run.BuyAsync([source], options)
                    : [await run.BuyNewAsync(source.CustomerId, options with { Target = "Dynamics 365 Unified Operations Plan", Quantity = 25 })];
            }
            catch (CspMigrationException e)
            {
                run.Errors.Add(e);
            }
        }
    }

    [Fact]
    public async Task An_add_on_planned_twice_at_once_is_bought_once()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var rows = await run.FindAsync();
        _ = await run.BuyOneAsync(rows[0]);
        var options = new PurchaseOptions { AddOns = [Storage] };
        using var other = await SandboxRun.ConnectAsync(run.Tenant);

        // With a journal of its own: only the mark tells.
        run.Confirmer = new ScriptedConfirmer(() => other.BuyAsync(rows, options));
        _ = await run.BuyOneAsync(rows[0], options);

        Assert.Empty(other.Errors);
        Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage);
    }

    [Fact]
    public async Task An_add_on_that_the_base_does_not_have_is_NoTarget_and_those_it_has_are_named()
    {
        using var run = await SandboxRun.StartAsync("contoso");

        var error = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()), new PurchaseOptions { AddOns = ["Dynamics 365 Sales"] });

        Assert.Equal("NoTarget", error.ErrorId);
        Assert.Contains(Storage, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task A_plan_with_an_add_on_says_so_in_its_prompt_and_sends_nothing()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var operation = run.Client;

        var planning = await operation.Purchases.PlanAsync(await run.FindAsync(), new PurchaseOptions { AddOns = [Storage] }, CancellationToken.None);

        Assert.Contains(Storage, Assert.Single(planning.Plans).ActionText, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task An_add_on_bought_without_a_source_needs_its_base_and_is_bought_to_it()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { Target = Storage, Quantity = 1 };

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(source.CustomerId, options, planOnly: true));
        var writes = run.Writes();
        var plan = await run.BuyOneAsync(source);
        var bought = await run.BuyNewAsync(source.CustomerId, options);

        Assert.Equal(("PrerequisiteMissing", 0L), (error.ErrorId, writes));
        Assert.Equal(plan.TargetSubscriptionId, run.Subscription(bought.TargetSubscriptionId!).ParentSubscriptionId);
    }

    [Fact]
    public async Task A_target_that_is_an_add_on_needs_its_base_to_be_there()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        var error = await run.RefusePurchaseAsync(source, new PurchaseOptions { Target = Storage });

        Assert.Equal("PrerequisiteMissing", error.ErrorId);
        Assert.Contains("Dynamics 365 Plan (725D5132-22A7-42D8-8A9B-988549A565F7)", error.Problem, StringComparison.Ordinal);
        Assert.EndsWith(" and 2 others.", error.Problem, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("scale:customers=1,subscriptions=2,users=1")]
    [InlineData("scale:customers=1,subscriptions=2,users=1,legacyCommerce=closed")]
    public async Task A_target_that_is_an_add_on_is_bought_to_the_base_that_is_bought_before_it(string scenario)
    {
        using var map = new TemporaryFile(
            "map.json",
            $$"""
            {
              "formatVersion": 1,
              "mappings": [{ "family": "Mine", "source": { "name": "Task", "offerIds": ["87E44AEF-6B4C-402C-8A17-BCD33BF68C51"] }, "targets": ["Storage"] }],
              "targets": { "Storage": { "skuId": "00000000-5a4d-4000-8000-000000000020", "offers": [{ "offerId": "00000000-5A4D-4000-A000-000000000002" }] } }
            }
            """);
        using var run = await SandboxRun.StartAsync(scenario, configure: options => options.SkuMapPaths = [map.Path]);
        var sources = (await run.FindAsync()).OrderByDescending(row => row.OfferName == "Dynamics AX Enterprise").ToList();

        var planned = await run.BuyAsync(sources, planOnly: true);
        var bought = await run.BuyAsync(sources);

        Assert.Empty(run.Errors);
        Assert.Equal(planned.Select(target => target.OfferName), bought.Select(target => target.OfferName));
        var addOn = run.Subscription(bought[1].TargetSubscriptionId!);
        Assert.Equal(Storage, addOn.OfferName);
        if (bought[1].Commerce == CommerceKind.Legacy)
        {
            Assert.Equal(bought[0].TargetSubscriptionId, addOn.ParentSubscriptionId);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_target_that_is_an_add_on_is_bought_to_the_base_that_lasts(bool isBoughtBefore)
    {
        using var map = new TemporaryFile(
            "map.json",
            $$"""
            {
              "formatVersion": 1,
              "mappings": [{ "family": "Mine", "source": { "name": "Task", "offerIds": ["87E44AEF-6B4C-402C-8A17-BCD33BF68C51"] }, "targets": ["Storage"] }],
              "targets": { "Storage": { "skuId": "00000000-5a4d-4000-8000-000000000020", "offers": [{ "offerId": "00000000-5A4D-4000-A000-000000000002" }] } }
            }
            """);
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=2,users=1", configure: options => options.SkuMapPaths = [map.Path], time: time);
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 20, "Ends");
        await service.ChangeSubscriptionAsync(run.Customer(), run.Customer().Subscriptions.Single(subscription => subscription.FriendlyName == "Ends").Id, ("autoRenewEnabled", false));
        time.Advance(TimeSpan.FromDays(10));
        if (!isBoughtBefore)
        {
            await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 20, "Lasts");
        }

        var sources = (await run.FindAsync()).Where(row => row.Targets.Count > 0).OrderByDescending(row => row.OfferName == "Dynamics AX Enterprise").ToList();
        var bought = await run.BuyAsync(isBoughtBefore ? sources : [sources[1]]);

        Assert.Empty(run.Errors);
        var addOn = run.Subscription(bought[^1].TargetSubscriptionId!);
        Assert.All(bought, target => Assert.NotEqual("Ends", target.FriendlyName));
        Assert.Equal((Storage, isBoughtBefore ? run.Subscription(bought[0].TargetSubscriptionId!).FriendlyName : "Lasts"), (addOn.OfferName, run.Subscription(addOn.ParentSubscriptionId!).FriendlyName));
    }

    [Fact]
    public async Task Other_reasons_suspend_no_base_before_its_add_on_either()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync(Contained);

        Assert.Empty(await run.SuspendAsync(rows[0].CustomerId, rows[0].SubscriptionId!, new SuspensionOptions { Reason = SuspensionReason.NonPayment }));

        Assert.Equal("AddOnStillActive", run.TakeError().ErrorId);
    }

    // One of the three who hold the base alone gets the add-on; one of the five who hold both loses the base.
    private static async Task GiveTheAddOnToOneMoreAsync(SandboxRun run)
    {
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer(Contained);
        var user = customer.Users.First(candidate => candidate.Licenses.Count == 2);
        _ = await service.PostAsync(
            $"customers/{customer.Id}/users/{user.Id}/licenseupdates",
            new { licensesToAssign = Array.Empty<object>(), licensesToRemove = new[] { Ids.CrmProfessionalSku } });
    }
}
