using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Support;

/// <summary>What tests of single rules say often.</summary>
internal static class RunSteps
{
    /// <summary>A customer as it is now; of the only one where there is no name.</summary>
    public static SandboxCustomer Customer(this SandboxRun run, string? name = null)
    {
        var customers = run.Tenant.GetState().Customers;
        return name is null ? customers.Single() : customers.Single(customer => customer.CompanyName == name);
    }

    public static SandboxSubscription Subscription(this SandboxRun run, string subscriptionId) => run.Tenant.GetState().Customers
        .SelectMany(customer => customer.Subscriptions)
        .Single(subscription => string.Equals(subscription.Id, subscriptionId, StringComparison.OrdinalIgnoreCase));

    public static long Writes(this SandboxRun run) => run.Tenant.GetRequests().Writes;

    /// <summary>The rows of one customer, in the usual window.</summary>
    public static Task<List<ExpiringSubscription>> FindAsync(this SandboxRun run, string customer) => run.FindAsync(query => query.Customers = [customer]);

    public static async Task<ExpiringSubscription> FindOneAsync(this SandboxRun run, string customer) => Assert.Single(await run.FindAsync(customer));

    public static async Task<TargetSubscription> BuyOneAsync(this SandboxRun run, ExpiringSubscription row, PurchaseOptions? options = null, bool planOnly = false)
    {
        var bought = await run.BuyAsync([row], options, planOnly);
        Assert.Empty(run.Errors);
        return Assert.Single(bought);
    }

    /// <summary>The error a purchase gives, with nothing bought.</summary>
    public static async Task<CspMigrationException> RefusePurchaseAsync(this SandboxRun run, ExpiringSubscription row, PurchaseOptions? options = null)
    {
        var orders = Orders(run);
        Assert.Empty(await run.BuyAsync([row], options));
        Assert.Equal(orders, Orders(run));
        return run.TakeError();
    }

    public static CspMigrationException TakeError(this SandboxRun run)
    {
        var error = Assert.Single(run.Errors);
        run.Errors.Clear();
        return error;
    }

    /// <summary>Buys, moves and suspends; add-ons before their bases.</summary>
    public static async Task<List<SuspendedSubscription>> FinishAsync(
        this SandboxRun run, IEnumerable<ExpiringSubscription> rows, PurchaseOptions? options = null, SuspensionOptions? ending = null)
    {
        var moves = await run.MoveAsync(await run.BuyAsync(rows, options));
        return await run.SuspendAsync(moves.OrderBy(move => move.Target?.Source?.ParentSubscriptionId is null), ending);
    }

    /// <summary>Ends a subscription on its own, whoever holds it.</summary>
    public static Task<List<SuspendedSubscription>> SuspendAsync(this SandboxRun run, string customerId, string subscriptionId, SuspensionOptions options) =>
        run.SuspendAsync([new SuspensionRequest { CustomerId = customerId, SubscriptionId = subscriptionId }], options);

    public static async Task<MigrationReadiness> CheckAsync(this SandboxRun run, ExpiringSubscription row, PurchaseOptions? options = null) =>
        Assert.Single(await run.Client.Readiness.CheckAsync([row], options ?? new PurchaseOptions(), default, CancellationToken.None));

    /// <summary>Buys without a source; what fails is thrown.</summary>
    public static async Task<TargetSubscription> BuyNewAsync(this SandboxRun run, string customerId, PurchaseOptions options, bool planOnly = false)
    {
        var bought = await run.BuyWithoutSourceAsync(customerId, options, planOnly);
        return run.Errors.Count == 0 ? Assert.Single(bought) : throw run.TakeError();
    }

    /// <summary>Buys what a saved plan says.</summary>
    public static Task<List<TargetSubscription>> BuyApprovedAsync(this SandboxRun run, string json) => run.BuyApprovedAsync(PlanFile.ReadJson(json, "plan.json"));

    /// <summary>Sets what is given of a subscription.</summary>
    public static async Task<ExpiringSubscription> SetAsync(this SandboxRun run, string customerId, string subscriptionId, SubscriptionSettings settings) =>
        (await run.Client.Changes.SetAsync(customerId, subscriptionId, settings, run.Confirmer ?? UnattendedConfirmer.Confirming, CancellationToken.None))!;

    public static Task<ExpiringSubscription> SetAsync(this SandboxRun run, ExpiringSubscription row, SubscriptionSettings settings) =>
        run.SetAsync(row.CustomerId, row.SubscriptionId!, settings);

    /// <summary>Makes a suspended subscription active again.</summary>
    public static async Task<ExpiringSubscription> ResumeAsync(this SandboxRun run, string customerId, string subscriptionId) =>
        (await run.Client.Changes.ResumeAsync(customerId, subscriptionId, run.Confirmer ?? UnattendedConfirmer.Confirming, CancellationToken.None))!;

    /// <summary>Where the migrations of the journal stand by what the service says now.</summary>
    public static async Task<List<SubscriptionMigration>> RefreshAsync(this SandboxRun run)
    {
        var client = run.Client;
        var now = new List<SubscriptionMigration>();
        await client.Status.RefreshAsync(client.Status.Read(), [], Results.Into(now), (_, error) => run.Errors.Add(error), CancellationToken.None);
        return now;
    }

    private static int Orders(SandboxRun run) => run.Tenant.GetState().Customers.Sum(customer => customer.Orders.Sum(order => order.LineItems.Count));
}
