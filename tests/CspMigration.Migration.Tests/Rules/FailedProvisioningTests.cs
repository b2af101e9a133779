using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 7: a target is made active again, unless the service has failed to provision it.</summary>
public sealed class FailedProvisioningTests
{
    private const string Customer = "Provisioning fails";

    [Fact]
    public async Task What_was_not_provisioned_is_bought_anew_once_it_is_taken_back()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var row = await run.FindOneAsync(Customer);
        var first = await run.BuyOneAsync(row);
        Assert.Empty(await run.MoveAsync([first]));
        Assert.Equal("ProvisioningFailed", run.TakeError().ErrorId);

        var resumed = await run.BuyOneAsync(row);
        _ = await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]);
        var second = await run.BuyOneAsync(row);
        var again = await run.BuyOneAsync(row);
        _ = await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]);

        Assert.Equal((TargetOutcome.Resumed, first.TargetSubscriptionId), (resumed.Outcome, resumed.TargetSubscriptionId));
        Assert.Equal((TargetOutcome.Purchased, TargetOutcome.Resumed), (second.Outcome, again.Outcome));
        Assert.NotEqual(first.TargetSubscriptionId, second.TargetSubscriptionId);
        Assert.Equal(second.TargetSubscriptionId, again.TargetSubscriptionId);
        Assert.Empty(run.Errors);
        Assert.All([first, second], bought => Assert.Equal("suspended", run.Subscription(bought.TargetSubscriptionId!).Status));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Where_the_offer_s_limit_forbids_another_it_is_said()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(Customer);
        var options = new PurchaseOptions { Target = "Dynamics 365 Team Members" };
        _ = await run.BuyOneAsync(row, options);
        _ = await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]);

        Assert.Equal("OfferLimitReached", (await run.RefusePurchaseAsync(row, options)).ErrorId);
    }
}
