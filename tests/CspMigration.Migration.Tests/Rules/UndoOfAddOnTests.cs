using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Rollback;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Undo with add-ons: after it nothing that the migration bought is billed on, and no add-on is left on a base that is out of service.</summary>
public sealed class UndoOfAddOnTests
{
    private const string Storage = "Dynamics 365 Additional Database Storage";
    private const string StorageOffer = "00000000-5A4D-4000-A000-000000000002";

    private static readonly PurchaseOptions WithStorage = new() { AddOns = [Storage] };

    [Theory]
    [InlineData("contoso", "suspended", false)]
    [InlineData("contoso", "suspended", true)]
    [InlineData("contoso:legacyCommerce=closed", "deleted", false)]
    [InlineData("contoso:legacyCommerce=closed", "deleted", true)]
    public async Task An_add_on_that_was_bought_with_the_target_goes_before_it(string scenario, string status, bool isJournalLost)
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync(scenario, inner => recorder = new RequestRecorder(inner));
        var source = Assert.Single(await run.FindAsync());
        var bought = Assert.Single(await run.CompleteAsync([source], WithStorage));
        var addOn = run.Customer().Subscriptions.Single(subscription => subscription.OfferName == Storage).Id;
        using var later = isJournalLost ? await SandboxRun.ConnectAsync(run.Tenant, inner => recorder = new RequestRecorder(inner)) : null;
        var undoing = later ?? run;

        var plan = await undoing.Client.Undo.PlanAsync(Request(source), default);
        var undone = Assert.Single(await undoing.UndoAsync(source));
        var writes = run.Writes();
        _ = await undoing.UndoAsync(source);

        Assert.Contains($"{Storage} ({addOn})", plan.ActionText, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{Storage} ({addOn})", undone.Target!.Remark, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((status, status), (run.Subscription(addOn).Status, run.Subscription(bought.TargetSubscriptionId!).Status));
        Assert.Equal([source.SubscriptionId], run.Customer().Subscriptions.Where(subscription => subscription.Status == "active").Select(subscription => subscription.Id));
        var ended = recorder!.Writes.Where(request => request.Method == "PATCH").Select(request => request.Path.Split('/')[^1]).ToList();
        Assert.Equal([addOn, bought.TargetSubscriptionId], ended.TakeLast(2), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task New_commerce_add_ons_past_their_seven_days_renew_no_more_either()
    {
        var time = new SettableTime("2026-03-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", time: time);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.CompleteAsync([source], WithStorage);
        time.Set("2026-03-19T12:00:00Z");

        var plan = await run.Client.Undo.PlanAsync(Request(source), default);
        _ = await run.UndoAsync(source);

        Assert.Contains($"{Storage} (", plan.Warning, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Customer().Subscriptions, subscription => subscription.AutoRenewEnabled);
    }

    [Fact]
    public async Task An_add_on_that_somebody_else_bought_keeps_the_migration_from_being_rolled_back_until_it_is_gone()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var bought = Assert.Single(await run.CompleteAsync([source]));
        var own = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = Storage, Quantity = 1 });
        using var later = await SandboxRun.ConnectAsync(run.Tenant);
        var writes = run.Writes();

        Assert.Empty(await later.UndoAsync([Request(source)]));
        var error = later.TakeError();

        Assert.Equal("AddOnStillActive", error.ErrorId);
        Assert.EndsWith($"Suspend-Subscription -CustomerId {source.CustomerId} -SubscriptionId {own.TargetSubscriptionId} -Reason CustomerRequest", error.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(writes, run.Writes());
        _ = await later.SuspendAsync(source.CustomerId, own.TargetSubscriptionId!, new() { Reason = SuspensionReason.CustomerRequest });
        _ = await later.UndoAsync(source);
        Assert.Equal("suspended", run.Subscription(bought.TargetSubscriptionId!).Status);
    }

    [Fact]
    public async Task Of_two_sources_with_one_target_its_add_on_goes_with_the_last()
    {
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed");
        var customer = run.Customer();
        var (first, second) = (Assert.Single(await run.FindAsync()), await run.BuyNewAsync(customer.Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 2 }));
        var end = run.Client.Discovery.EndOfWindow(400);
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew, query.Before) = ([customer.Id], true, end));
        _ = await run.CompleteAsync(rows, WithStorage with { Target = "Dynamics 365 Plan", Quantity = 30 });
        var addOn = run.Customer().Subscriptions.Single(subscription => subscription.OfferName == Storage).Id;
        Assert.Equal(2, rows.Count);

        _ = await run.UndoAsync(first);
        var between = run.Subscription(addOn).Status;
        _ = await run.UndoAsync(rows.Single(row => row.SubscriptionId != first.SubscriptionId));

        Assert.Equal(("active", "deleted"), (between, run.Subscription(addOn).Status));
        Assert.Equal(
            new[] { first.SubscriptionId!, second.TargetSubscriptionId! }.Order(StringComparer.OrdinalIgnoreCase),
            run.Customer().Subscriptions.Where(subscription => subscription.Status == "active").Select(subscription => subscription.Id).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_base_that_carries_the_target_of_another_source_goes_with_that_one(bool inOneCommand)
    {
        using var map = new TemporaryFile(
            "map.json",
            $$"""
            {
              "formatVersion": 1,
              "mappings": [{ "family": "Mine", "source": { "name": "Task", "offerIds": ["87E44AEF-6B4C-402C-8A17-BCD33BF68C51"] }, "targets": ["Storage"] }],
              "targets": { "Storage": { "skuId": "00000000-5a4d-4000-8000-000000000020", "offers": [{ "offerId": "{{StorageOffer}}" }] } }
            }
            """);
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=2,users=1", configure: options => options.SkuMapPaths = [map.Path]);
        var sources = (await run.FindAsync()).OrderByDescending(row => row.OfferName == "Dynamics AX Enterprise").ToList();
        var bought = await run.BuyAsync(sources);
        var (plan, storage) = (bought[0].TargetSubscriptionId!, bought[1].TargetSubscriptionId!);
        Assert.Equal(plan, run.Subscription(storage).ParentSubscriptionId, ignoreCase: true);

        if (inOneCommand)
        {
            _ = await run.UndoAsync(sources.Select(Request));
        }
        else
        {
            _ = await run.UndoAsync(sources[0]);
            Assert.Equal(("active", "active"), (run.Subscription(plan).Status, run.Subscription(storage).Status));
            _ = await run.UndoAsync(sources[1]);
        }

        Assert.Empty(run.Errors);
        Assert.Equal(("suspended", "suspended"), (run.Subscription(plan).Status, run.Subscription(storage).Status));
        var known = run.Client.Status.Read();
        Assert.All(known, migration => Assert.Equal((MigrationState.RolledBack, "Suspended by the undo."), (migration.State, migration.Target!.Remark)));
    }

    [Fact]
    public async Task An_add_on_to_the_customer_s_own_goes_and_the_own_stays()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 40, "Own");
        var source = Assert.Single(await run.FindAsync());
        var reused = Assert.Single(await run.CompleteAsync([source], WithStorage));
        Assert.Equal(TargetOutcome.Reused, reused.Outcome);

        _ = await run.UndoAsync(source);

        Assert.Equal("active", run.Subscription(reused.TargetSubscriptionId!).Status);
        Assert.Equal("suspended", run.Customer().Subscriptions.Single(subscription => subscription.OfferName == Storage).Status);
    }

    [Fact]
    public async Task What_was_bought_with_an_add_on_for_no_source_keeps_it()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var own = await run.BuyNewAsync(source.CustomerId, WithStorage with { Target = "Dynamics 365 Unified Operations Plan", Quantity = 40 });
        var reused = Assert.Single(await run.CompleteAsync([source]));
        Assert.Equal((TargetOutcome.Reused, own.TargetSubscriptionId), (reused.Outcome, reused.TargetSubscriptionId));

        _ = await run.UndoAsync(source);

        Assert.All(
            run.Customer().Subscriptions.Where(subscription => subscription.Id == own.TargetSubscriptionId || subscription.OfferName == Storage),
            subscription => Assert.Equal("active", subscription.Status));
    }

    private static UndoRequest Request(ExpiringSubscription source) => new() { CustomerId = source.CustomerId, SourceSubscriptionId = source.SubscriptionId };
}
