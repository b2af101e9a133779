using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>What was bought and is neither active nor over yet: it is not bought again, and not rolled back. What is over is not taken for what is bought later.</summary>
public sealed class UndecidedTargetTests
{
    private const string Storage = "Dynamics 365 Additional Database Storage";
    private const string Late = "contoso:subscriptionListLag=PT1H,legacyCommerce=closed";

    [Theory]
    [InlineData("pending", "ProvisioningPending", false)]
    [InlineData("pending", "ProvisioningPending", true)]
    [InlineData("warned", "UnexpectedAnswer", false)]
    [InlineData("warned", "UnexpectedAnswer", true)]
    public async Task A_target_whose_status_decides_nothing_is_not_bought_again(string status, string errorId, bool isJournalLost)
    {
        var spoiler = WithStatus(status, isMeant: bought => IsMarked(bought, "(from "));
        using var first = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, spoiler.Rewrite));
        var source = Assert.Single(await first.FindAsync());
        var bought = await first.BuyOneAsync(source);
        using var other = await SandboxRun.ConnectAsync(first.Tenant, inner => new RequestRecorder(inner, spoiler.Rewrite), TimeProvider.System, journalPath: null);
        var run = isJournalLost ? other : first;
        spoiler.IsOn = true;

        Assert.Empty(await run.BuyAsync([source]));
        var error = run.TakeError();
        var state = Assert.Single(await run.FindAsync()).MigrationState;
        var refreshed = Assert.Single(await run.RefreshAsync()).State;
        spoiler.IsOn = false;
        var resumed = await run.BuyOneAsync(source);

        Assert.Equal((errorId, bought.TargetSubscriptionId), (error.ErrorId, error.SubscriptionId));
        Assert.Equal((MigrationState.Purchased, MigrationState.Purchased), (state, refreshed));
        Assert.Equal((TargetOutcome.Resumed, bought.TargetSubscriptionId), (resumed.Outcome, resumed.TargetSubscriptionId));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task A_purchase_without_a_source_is_not_bought_again_either()
    {
        var spoiler = WithStatus("pending", isMeant: bought => IsMarked(bought, "(new)"));
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, spoiler.Rewrite));
        var options = new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 };
        _ = await run.BuyNewAsync(run.Customer().Id, options);
        spoiler.IsOn = true;

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(run.Customer().Id, options));

        Assert.Equal("ProvisioningPending", error.ErrorId);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task An_add_on_is_not_bought_again_either()
    {
        var spoiler = WithStatus("pending", isMeant: bought => IsMarked(bought, "(with "));
        using var first = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await first.FindAsync());
        var options = new PurchaseOptions { AddOns = [Storage] };
        _ = await first.BuyOneAsync(source, options);
        using var run = await SandboxRun.ConnectAsync(first.Tenant, inner => new RequestRecorder(inner, spoiler.Rewrite), TimeProvider.System, journalPath: null);
        spoiler.IsOn = true;

        _ = await run.BuyOneAsync(source, options);

        Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage);
    }

    [Theory]
    [InlineData("(from ", false)]
    [InlineData("(from ", true)]
    [InlineData("(with ", false)]
    public async Task What_is_pending_is_not_left_to_become_active_by_a_rollback(string mark, bool isJournalLost)
    {
        var spoiler = WithStatus("pending", isMeant: bought => IsMarked(bought, mark));
        using var first = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, spoiler.Rewrite));
        var source = Assert.Single(await first.FindAsync());
        _ = await first.BuyOneAsync(source, new PurchaseOptions { AddOns = [Storage] });
        using var other = await SandboxRun.ConnectAsync(first.Tenant, inner => new RequestRecorder(inner, spoiler.Rewrite), TimeProvider.System, journalPath: null);
        var run = isJournalLost ? other : first;
        spoiler.IsOn = true;
        var writes = run.Writes();

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));
        Assert.Equal(("ProvisioningPending", writes), (run.TakeError().ErrorId, run.Writes()));
        spoiler.IsOn = false;
        _ = await run.UndoAsync(source);

        Assert.All(run.Customer().Subscriptions.Where(other => other.Id != source.SubscriptionId), bought => Assert.Equal("suspended", bought.Status));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("disabled")]
    public async Task An_earlier_target_whose_term_is_over_is_not_what_a_lost_reply_was_about(string status)
    {
        var earlier = "";
        var spoiler = WithStatus(status, isMeant: bought => (string?)bought["id"] == earlier);
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, spoiler.Rewrite), time: time);
        var source = Assert.Single(await run.FindAsync());
        earlier = (await run.BuyOneAsync(source)).TargetSubscriptionId!;
        spoiler.IsOn = true;
        run.Tenant.SetFaults(new SandboxFault("POST", "/v1/customers/{customerId}/orders", "drop-before", times: 1));

        var bought = await run.BuyOneAsync(source);

        Assert.NotEqual(earlier, bought.TargetSubscriptionId, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("active", bought.Status);
        Assert.Equal(2, run.Customer().Orders.Count(order => order.Origin == "api"));
    }

    [Fact]
    public async Task An_earlier_target_that_was_rolled_back_is_not_rolled_back_in_place_of_one_not_listed_yet()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(Late, time: time);
        var source = Assert.Single(await run.FindAsync());
        await BuyLateAsync(run, source);
        time.Advance(TimeSpan.FromHours(1));
        _ = await run.UndoAsync(source);
        time.Advance(TimeSpan.FromHours(1));
        await BuyLateAsync(run, source);

        Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));
        Assert.Equal("ProvisioningPending", run.TakeError().ErrorId);
        time.Advance(TimeSpan.FromHours(1));
        _ = await run.UndoAsync(source);

        Assert.Equal(["deleted", "deleted"], run.Customer().Subscriptions.Where(other => other.Id != source.SubscriptionId).Select(other => other.Status));
    }

    [Fact]
    public async Task An_add_on_listed_late_is_not_taken_for_one_that_was_on_the_order_before()
    {
        using var time = VirtualTime.Automatic();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "contoso:subscriptionListLag=PT3M", ProvisioningDelay = TimeSpan.Zero, Time = time });
        using var run = await SandboxRun.ConnectAsync(tenant, through: null, time, journalPath: null);
        using var service = new DirectService(tenant);
        var source = Assert.Single(await run.FindAsync());
        var options = new PurchaseOptions { AddOns = [Storage] };
        _ = await run.BuyOneAsync(source, options);
        await service.ChangeSubscriptionAsync(run.Customer(), Assert.Single(run.Customer().Subscriptions, other => other.OfferName == Storage).Id, ("status", "suspended"));
        time.Advance(TimeSpan.FromHours(1));

        _ = await run.BuyOneAsync(source, options);
        _ = await run.BuyOneAsync(source, options);

        Assert.Equal(["active", "suspended"], run.Customer().Subscriptions.Where(other => other.OfferName == Storage).Select(other => other.Status).Order(StringComparer.Ordinal));
    }

    private static async Task BuyLateAsync(SandboxRun run, ExpiringSubscription source)
    {
        Assert.Empty(await run.BuyAsync([source]));
        Assert.Equal("ProvisioningPending", run.TakeError().ErrorId);
    }

    private static bool IsMarked(JsonObject subscription, string mark) => ((string?)subscription["friendlyName"])?.Contains(mark, StringComparison.Ordinal) == true;

    private static AnswerSpoiler WithStatus(string status, Func<JsonObject, bool> isMeant) => AnswerSpoiler.OfSubscriptions(subscription =>
    {
        if (isMeant(subscription))
        {
            subscription["status"] = status;
        }

        return subscription;
    });
}
