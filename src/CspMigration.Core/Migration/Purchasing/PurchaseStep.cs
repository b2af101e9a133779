using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Standing;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Purchasing;

/// <summary>The first step: gets each source its successor, bought or found. It never buys twice.</summary>
public sealed class PurchaseStep
{
    private readonly MigrationOperation _operation;

    internal PurchaseStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Reads all there is to know and decides; sends nothing.</summary>
    /// <param name="rows">The rows of one customer.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PurchasePlanning> PlanAsync(IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, rows[0].CustomerId);
        var cases = MigrationCase.Of(rows);
        var purchases = await PlanAsync(cases, view, options, cancellationToken).ConfigureAwait(false);
        cases.ForEach(Tell);
        return new PurchasePlanning
        {
            Plans = [.. purchases.Select(purchase => Tell(new PurchasePlan(purchase)))],
            Failures = [.. cases.Where(source => source.Failure is not null)
                .Select(source => new KeyValuePair<ExpiringSubscription, CspMigrationException>(source.Row, source.Failure!))],
            Unmapped = [.. cases.Where(source => source.IsUnmapped)
                .Select(source => new KeyValuePair<ExpiringSubscription, CspMigrationException>(source.Row, new UnmappedSource(source.Row).ToFailure()))],
        };
    }

    /// <summary>Decides for approved rows of one customer: exactly what they name, or nothing.</summary>
    public async Task<PurchasePlanning> PlanApprovedAsync(IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        var planning = await new ApprovedPlanner(_operation).PlanAsync(rows, cancellationToken).ConfigureAwait(false);
        foreach (var plan in planning.Plans)
        {
            _ = Tell(plan);
        }

        return planning;
    }

    /// <summary>Decides a purchase without a source.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="options">Target and quantity are needed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException">A check failed.</exception>
    public async Task<PurchasePlan> PlanWithoutSourceAsync(string customerId, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, customerId);
        return Tell(new PurchasePlan(await new PurchaseWithoutSourcePlanner(_operation, view, options).PlanAsync(cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>Makes the cart of a new-commerce purchase, so that its price can be shown. Buys nothing.</summary>
    /// <exception cref="CspMigrationException"><c>CartLineRefused</c>.</exception>
    public Task<PurchasePlan> PrepareAsync(PurchasePlan plan, CancellationToken cancellationToken)
    {
        return NotedAsync(plan, async () =>
            new PurchasePlan(await new PurchaseExecutor(_operation).PrepareAsync(plan.Purchase, cancellationToken).ConfigureAwait(false)), cancellationToken);
    }

    /// <summary>Writes down which sources a run leaves alone, because a check forbids it or the map has no successor for them; never for a plan.</summary>
    public Task NoteBlockedAsync(PurchasePlanning planning, CancellationToken cancellationToken)
    {
        return Task.WhenAll(planning.Blocked.Select(blocked => new StopNotes(_operation).NoteAsync([blocked.Key], MigrationState.Blocked, blocked.Value, cancellationToken)));
    }

    /// <summary>Carries a plan out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wait">Whether to wait until the seats are there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One object a source, when the purchase is accepted and the successor's id known; or another plan to be asked for.</returns>
    public Task<PurchaseResult> ExecuteAsync(PurchasePlan plan, bool wait, CancellationToken cancellationToken)
    {
        return NotedAsync(plan, () => CarryOutAsync(plan, wait, cancellationToken), cancellationToken);
    }

    private async Task<T> NotedAsync<T>(PurchasePlan plan, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            var failure = NamingOthers(plan.Purchase, e);
            failure = plan.Purchase.Options.ApprovedPlace is { } place ? failure.In(place) : failure;
            await new StopNotes(_operation).NoteAsync(plan.Rows, MigrationState.Failed, failure, cancellationToken).ConfigureAwait(false);
            if (failure != e)
            {
                throw failure;
            }

            throw;
        }
    }

    // The service's refusal knows nothing of the map.
    private static CspMigrationException NamingOthers(Purchase purchase, CspMigrationException e)
    {
        var isOfTarget = e.ServiceCode is not null && (e.ErrorId == ErrorCatalog.OfferLimitReached.Id || e.ErrorId == ErrorCatalog.TargetNotOnSale.Id);
        var others = isOfTarget
            ? TargetAdvice.OfMap(purchase.Cases.FirstOrDefault()?.Target, purchase.Cases, new PurchaseLine(purchase.CustomerId, purchase.Cases, purchase.Options))
            : null;
        return others is null ? e : e.Of(e.ErrorId, $"{e.RecommendedAction} {others}");
    }

    private async Task<PurchaseResult> CarryOutAsync(PurchasePlan plan, bool wait, CancellationToken cancellationToken)
    {
        var purchase = plan.Purchase;
        var executor = new PurchaseExecutor(_operation);
        Bought? bought;
        try
        {
            bought = await executor.ExecuteAsync(purchase, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (executor.HasRefusedWhatWasBegun)
        {
            _operation.Observer.Verbose($"The service refuses what an earlier run began; it is planned anew: {e.Problem}");
            return new PurchaseResult([], await ReplanAsync(plan, purchase.Options, cancellationToken).ConfigureAwait(false));
        }
        catch (CspMigrationException e) when (IsClosed(purchase, e))
        {
            if (purchase.Options.IsApproved)
            {
                throw ErrorCatalog.PlanStale.Exception(
                    $"{purchase.Offer.Name} is no longer sold by legacy order, as the plan has it: {e.Problem}", purchase.CustomerId, plan.Rows.FirstOrDefault()?.SubscriptionId, PlanFile.HowItIsMadeInNewCommerce, e);
            }

            _operation.Observer.Verbose($"The service takes no legacy order for {purchase.Offer.Name} any more; it is planned anew through new commerce.");
            return new PurchaseResult([], await ReplanAsync(plan, purchase.Options with { Commerce = CommerceChoice.New }, cancellationToken).ConfigureAwait(false));
        }

        if (bought is null)
        {
            _operation.Observer.Verbose($"Somebody else has begun to buy {purchase.Offer.Name} for {purchase.CustomerName} meanwhile: it is planned anew.");
            return new PurchaseResult([], await ReplanAsync(plan, purchase.Options, cancellationToken).ConfigureAwait(false));
        }

        if (wait)
        {
            var view = new CustomerView(_operation, purchase.CustomerId);
            await new SeatWaiter(_operation).WaitAsync(view, [bought.Subscription!.Id], LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken).ConfigureAwait(false);
        }

        return new PurchaseResult(purchase.Describe(bought.Subscription, bought.OrderId, isPlanned: false), replanned: null);
    }

    private async Task<IReadOnlyList<Purchase>> PlanAsync(List<MigrationCase> cases, CustomerView view, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var ahead = ReadAheadAsync(view, cases, cancellationToken);
        try
        {
            return await new PurchasePlanner(_operation, view, options).PlanAsync(cases, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ahead.ConfigureAwait(false);
        }
    }

    // Where licences cannot be asked for the checks say so, and nothing need be read.
    private async Task ReadAheadAsync(CustomerView view, List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        try
        {
            if (await _operation.Session.CanAskForLicensesAsync(_operation.Observer, cancellationToken).ConfigureAwait(false))
            {
                var sources = cases.Where(source => source.Row.SkuId is null).Select(source => source.Row.SubscriptionId).OfType<string>();
                await view.ReadAheadAsync(sources, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CspMigrationException e)
        {
            // The first check that needs the sign-in meets the same.
            _operation.Observer.Verbose($"Nothing was read ahead: {e.Problem}");
        }
    }

    // What failed is told as an error.
    private void Tell(MigrationCase source)
    {
        if (source.IsOpen && source.Row.MigrationState == MigrationState.RolledBack)
        {
            _operation.Observer.Warning(
                $"{source.Row.CustomerName}, {source.Name}: a migration was taken back before; this one makes it anew. -ExcludeCustomer leaves a customer out.");
        }

        foreach (var check in source.Checks.Where(check => check.Result is ReadinessResult.Pass or ReadinessResult.Warn or ReadinessResult.Unknown))
        {
            _operation.Observer.Verbose($"{source.Row.CustomerName}, {source.Name}: {check.Rule}: {check.Message}");
            if (source.IsOpen && check is { Rule: ReadinessRule.Target, Result: ReadinessResult.Warn })
            {
                // Without the customer: one -Target holds for the whole line, and is told once.
                _operation.Observer.Warning($"{check.Message} {check.Remedy}");
            }
        }
    }

    private PurchasePlan Tell(PurchasePlan plan)
    {
        _operation.Observer.Verbose($"{plan.CustomerText}: {plan.DecisionText}.");
        if (plan.Purchase.Difference is { } difference)
        {
            _operation.Observer.Warning(difference);
        }

        return plan;
    }

    // Design rule 20: an order that is refused because legacy is closed is bought through new commerce.
    private static bool IsClosed(Purchase purchase, CspMigrationException e)
    {
        return purchase.Way is PurchaseWay.Order or PurchaseWay.AddOnOrder
            && (purchase.Options.Commerce == CommerceChoice.Auto || purchase.Options.IsApproved)
            && e.ErrorId == ErrorCatalog.TargetNotOnSale.Id
            && e.ServiceCode is not null;
    }

    private async Task<PurchasePlanning> ReplanAsync(PurchasePlan plan, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return plan.Rows.Count > 0
            ? await PlanAsync(plan.Rows, options, cancellationToken).ConfigureAwait(false)
            : new PurchasePlanning { Plans = [await PlanWithoutSourceAsync(plan.Purchase.CustomerId, options, cancellationToken).ConfigureAwait(false)] };
    }
}
