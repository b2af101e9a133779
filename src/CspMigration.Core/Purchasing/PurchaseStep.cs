using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Purchasing;

/// <summary>The first step: gets each source its target, bought or found. It never buys twice.</summary>
public sealed class PurchaseStep
{
    private readonly MigrationOperation _operation;
    private readonly IPurchasePlanner _planner;

    internal PurchaseStep(MigrationOperation operation, IPurchasePlanner planner)
    {
        _operation = operation;
        _planner = planner;
    }

    /// <summary>Gets the sources of one customer their targets.</summary>
    /// <param name="rows">The rows of one customer.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="handlers">Confirms, and gets what comes of it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CspMigrationException">Nothing could be planned.</exception>
    public async Task RunAsync(
        IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, PurchaseHandlers handlers, CancellationToken cancellationToken)
    {
        await RunAsync(await PlanAsync(rows, options, cancellationToken).ConfigureAwait(false), handlers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Buys what approved rows of one customer name: exactly that, or nothing.</summary>
    /// <inheritdoc cref="RunAsync(IReadOnlyList{ExpiringSubscription}, PurchaseOptions, PurchaseHandlers, CancellationToken)"/>
    public async Task RunApprovedAsync(IReadOnlyList<PlannedRow> rows, PurchaseHandlers handlers, CancellationToken cancellationToken)
    {
        await RunAsync(await _planner.PlanApprovedAsync(rows, cancellationToken).ConfigureAwait(false), handlers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Buys without a source.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="options">Target and quantity are needed.</param>
    /// <param name="handlers">Confirms, and gets what comes of it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CspMigrationException">A check failed.</exception>
    public async Task RunWithoutSourceAsync(string customerId, PurchaseOptions options, PurchaseHandlers handlers, CancellationToken cancellationToken)
    {
        var plan = await _planner.PlanWithoutSourceAsync(CustomerId.From(customerId), options, cancellationToken).ConfigureAwait(false);
        await RunAsync(new PurchasePlanning { Plans = [plan] }, handlers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Confirms and makes what was decided.</summary>
    internal async Task RunAsync(PurchasePlanning planning, PurchaseHandlers handlers, CancellationToken cancellationToken)
    {
        await ReportBlockedAsync(planning, handlers, cancellationToken).ConfigureAwait(false);
        var runner = new ChangeRunner(_operation, handlers.Confirmer);
        foreach (var plan in planning.Plans)
        {
            await runner.RunAsync(new PurchaseChange(this, plan, handlers), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes what was decided and confirmed as part of a whole.</summary>
    internal async Task RunConfirmedAsync(PurchasePlanning planning, PurchaseHandlers handlers, CancellationToken cancellationToken)
    {
        await ReportBlockedAsync(planning, handlers, cancellationToken).ConfigureAwait(false);
        var runner = new ChangeRunner(_operation, handlers.Confirmer);
        foreach (var plan in planning.Plans)
        {
            await runner.RunConfirmedAsync(new PurchaseChange(this, plan, handlers), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="IPurchasePlanner.PlanAsync"/>
    internal Task<PurchasePlanning> PlanAsync(IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return _planner.PlanAsync(rows, options, cancellationToken);
    }

    /// <inheritdoc cref="IPurchasePlanner.PlanAgainAsync"/>
    internal Task<PurchasePlanning> PlanAgainAsync(PurchasePlan plan, CancellationToken cancellationToken) => _planner.PlanAgainAsync(plan, cancellationToken);

    /// <summary>Makes the cart of a new-commerce purchase, so that its price can be shown. Buys nothing.</summary>
    /// <exception cref="CspMigrationException"><c>CartLineRefused</c>.</exception>
    internal async Task<PurchasePlan> PrepareAsync(PurchasePlan plan, CancellationToken cancellationToken)
    {
        return plan.With(await new PurchaseExecutor(_operation).PrepareAsync(plan.Purchase, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reports which sources are left alone, because a check forbids it or the map has no target for them, and writes that down; the latter never for a plan.</summary>
    internal async Task ReportBlockedAsync(PurchasePlanning planning, PurchaseHandlers handlers, CancellationToken cancellationToken)
    {
        foreach (var source in planning.Unmapped)
        {
            handlers.LeftOut(source.Key, source.Value);
        }

        foreach (var source in planning.Failures)
        {
            handlers.Failed([source.Key], source.Value);
        }

        if (!handlers.SendsNothing)
        {
            await Task.WhenAll(planning.Blocked.Select(blocked => new FailureRecorder(_operation).RecordAsync([blocked.Key], MigrationState.Blocked, blocked.Value, cancellationToken))).ConfigureAwait(false);
        }
    }

    /// <summary>Writes down why a purchase failed.</summary>
    /// <returns>The failure as it is reported.</returns>
    internal async Task<CspMigrationException> RecordFailureAsync(PurchasePlan plan, CspMigrationException e, CancellationToken cancellationToken)
    {
        var failure = _planner.NameOthers(plan.Purchase, e);
        failure = plan.Purchase.Options.ApprovedPlace is { } place ? failure.In(place) : failure;
        await new FailureRecorder(_operation).RecordAsync(plan.Rows, MigrationState.Failed, failure, cancellationToken).ConfigureAwait(false);
        return failure;
    }

    /// <summary>Waits until the seats of a target are there.</summary>
    internal Task AwaitSeatsAsync(TargetSubscription target, CancellationToken cancellationToken)
    {
        return new SeatWaiter(_operation).WaitAsync(
            new CustomerView(_operation, target.Customer), [target.TargetId!.Value], LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken);
    }

    /// <summary>Makes a purchase that has just been planned, under the customer's turn.</summary>
    /// <returns>One object a source, when the purchase is accepted and the target's id known; or what is to be confirmed in its place.</returns>
    internal async Task<(IReadOnlyList<TargetSubscription> Targets, PurchasePlanning? Replanned)> ExecuteAsync(PurchasePlan plan, CancellationToken cancellationToken)
    {
        var purchase = plan.Purchase;
        var executor = new PurchaseExecutor(_operation);
        try
        {
            if (await executor.ExecuteAsync(purchase, cancellationToken).ConfigureAwait(false) is { } bought)
            {
                return (purchase.Describe(bought.Subscription, bought.OrderId, isPlanned: false), null);
            }
        }
        catch (CspMigrationException e) when (executor.MustPlanAgain)
        {
            _operation.Observer.Verbose($"What was begun cannot be finished; it is planned again: {e.Problem}");
        }
        catch (CspMigrationException e) when (IsClosed(purchase, e))
        {
            if (purchase.Options.IsApproved)
            {
                throw ErrorCatalog.PlanStale.Exception(
                    $"{purchase.Offer.Name} is no longer sold by legacy order, as the plan has it: {e.Problem}", purchase.CustomerId, plan.Rows.FirstOrDefault()?.Id, Remedies.MakePlanInNewCommerce(), e);
            }

            _operation.Observer.Verbose($"The service no longer accepts a legacy order for {purchase.Offer.Name}; it is planned again through new commerce.");
            return ([], await _planner.ReplanAsync(plan, purchase.Options with { Commerce = CommerceChoice.New }, cancellationToken).ConfigureAwait(false));
        }

        return ([], await _planner.ReplanAsync(plan, purchase.Options, cancellationToken).ConfigureAwait(false));
    }

    // docs/rules.md, rule 20: an order that is refused because legacy is closed is bought through new commerce.
    private static bool IsClosed(Purchase purchase, CspMigrationException e)
    {
        return purchase.Method is LegacyOrder or AddOnOrder
            && (purchase.Options.Commerce == CommerceChoice.Auto || purchase.Options.IsApproved)
            && e.ErrorId == PartnerCenterErrors.TargetNotOnSale.Id
            && e.ServiceCode is not null;
    }
}
