using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Suspension;
using CspMigration.Sandbox;
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
        Assert.Single(await run.Operation.Readiness.CheckAsync([row], options ?? new PurchaseOptions(), CancellationToken.None));

    /// <summary>Buys without a source.</summary>
    public static async Task<TargetSubscription> BuyNewAsync(this SandboxRun run, string customerId, PurchaseOptions options, bool planOnly = false)
    {
        var operation = run.Operation;
        var plan = await operation.Purchases.PlanWithoutSourceAsync(customerId, options, CancellationToken.None);
        if (planOnly)
        {
            return Assert.Single(plan.ToPlanned());
        }

        var result = await operation.Purchases.ExecuteAsync(plan, wait: false, CancellationToken.None);
        return result.Replanned is null
            ? Assert.Single(result.Targets)
            : Assert.Single((await operation.Purchases.ExecuteAsync(Assert.Single(result.Replanned.Plans), wait: false, CancellationToken.None)).Targets);
    }

    /// <summary>Buys what a saved plan says.</summary>
    public static async Task<List<TargetSubscription>> BuyApprovedAsync(this SandboxRun run, string json)
    {
        var operation = run.Operation;
        var bought = new List<TargetSubscription>();
        foreach (var customer in PlanFile.ReadJson(json, "plan.json").GroupBy(row => row.CustomerId))
        {
            var planning = await operation.Purchases.PlanApprovedAsync([.. customer], CancellationToken.None);
            run.Errors.AddRange(planning.Failures.Select(failure => failure.Value));
            foreach (var plan in planning.Plans)
            {
                try
                {
                    bought.AddRange((await operation.Purchases.ExecuteAsync(plan, wait: false, CancellationToken.None)).Targets);
                }
                catch (CspMigrationException e)
                {
                    run.Errors.Add(e);
                }
            }
        }

        return bought;
    }

    private static int Orders(SandboxRun run) => run.Tenant.GetState().Customers.Sum(customer => customer.Orders.Sum(order => order.LineItems.Count));
}
