using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Changes;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Standing;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Purchasing;

/// <summary>The first step: gets each source its target, bought or found. It never buys twice.</summary>
public sealed class PurchaseStep
{
    private readonly MigrationOperation _operation;

    internal PurchaseStep(MigrationOperation operation) => _operation = operation;

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
        await RunAsync(await PlanApprovedAsync(rows, cancellationToken).ConfigureAwait(false), handlers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Buys without a source.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="options">Target and quantity are needed.</param>
    /// <param name="handlers">Confirms, and gets what comes of it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CspMigrationException">A check failed.</exception>
    public async Task RunWithoutSourceAsync(string customerId, PurchaseOptions options, PurchaseHandlers handlers, CancellationToken cancellationToken)
    {
        var plan = await PlanWithoutSourceAsync(customerId, options, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Reads all there is to know and decides; sends nothing.</summary>
    /// <param name="rows">The rows of one customer.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<PurchasePlanning> PlanAsync(IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return Tell(await PlanAsync(rows, new CustomerView(_operation, rows[0].CustomerId), options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Decides for approved rows of one customer: exactly what they name, or nothing.</summary>
    internal async Task<PurchasePlanning> PlanApprovedAsync(IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        return Tell(await PlanApprovedAsync(rows, new CustomerView(_operation, rows[0].CustomerId ?? ""), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Decides a purchase without a source.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="options">Target and quantity are needed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException">A check failed.</exception>
    internal async Task<PurchasePlan> PlanWithoutSourceAsync(string customerId, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return Tell(await PlanWithoutSourceAsync(new CustomerView(_operation, customerId), options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads once more what a plan depends on and decides again, for the same sources and in the same way.</summary>
    internal async Task<PurchasePlanning> PlanAgainAsync(PurchasePlan plan, CancellationToken cancellationToken)
    {
        var planning = await PlanAgainAsync(plan, plan.Purchase.Options, cancellationToken).ConfigureAwait(false);
        if (planning.Plans.Count == 1 && plan.IsSameAs(planning.Plans[0]))
        {
            return new PurchasePlanning { Plans = [planning.Plans[0].WithCartOf(plan)], Failures = planning.Failures, Unmapped = planning.Unmapped };
        }

        _operation.Observer.Verbose($"{plan.CustomerText}: what is there has changed since this was planned: {plan.DecisionText}.");
        return Tell(planning);
    }

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
            await Task.WhenAll(planning.Blocked.Select(blocked => new StopNotes(_operation).NoteAsync([blocked.Key], MigrationState.Blocked, blocked.Value, cancellationToken))).ConfigureAwait(false);
        }
    }

    /// <summary>Writes down why a purchase failed.</summary>
    /// <returns>The failure as it is reported.</returns>
    internal async Task<CspMigrationException> NoteFailureAsync(PurchasePlan plan, CspMigrationException e, CancellationToken cancellationToken)
    {
        var failure = NamingOthers(plan.Purchase, e);
        failure = plan.Purchase.Options.ApprovedPlace is { } place ? failure.In(place) : failure;
        await new StopNotes(_operation).NoteAsync(plan.Rows, MigrationState.Failed, failure, cancellationToken).ConfigureAwait(false);
        return failure;
    }

    /// <summary>Waits until the seats of a target are there.</summary>
    internal Task AwaitSeatsAsync(TargetSubscription target, CancellationToken cancellationToken)
    {
        return new SeatWaiter(_operation).WaitAsync(
            new CustomerView(_operation, target.CustomerId), [target.TargetSubscriptionId!], LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken);
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
                    $"{purchase.Offer.Name} is no longer sold by legacy order, as the plan has it: {e.Problem}", purchase.CustomerId, plan.Rows.FirstOrDefault()?.SubscriptionId, PlanFile.HowItIsMadeInNewCommerce, e);
            }

            _operation.Observer.Verbose($"The service takes no legacy order for {purchase.Offer.Name} any more; it is planned again through new commerce.");
            return ([], Tell(await PlanAgainAsync(plan, purchase.Options with { Commerce = CommerceChoice.New }, cancellationToken).ConfigureAwait(false)));
        }

        return ([], Tell(await PlanAgainAsync(plan, purchase.Options, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<PurchasePlanning> PlanAgainAsync(PurchasePlan plan, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var view = plan.View ?? new CustomerView(_operation, plan.CustomerId);
        view.Changed();
        return plan.Approved.Count > 0 ? await PlanApprovedAsync(plan.Approved, view, cancellationToken).ConfigureAwait(false)
            : plan.Rows.Count > 0 ? await PlanAsync(plan.Rows, view, options, cancellationToken).ConfigureAwait(false)
            : new PurchasePlanning { Plans = [await PlanWithoutSourceAsync(view, options, cancellationToken).ConfigureAwait(false)] };
    }

    private async Task<PurchasePlanning> PlanAsync(IReadOnlyList<ExpiringSubscription> rows, CustomerView view, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var cases = MigrationCase.Of(rows);
        var purchases = await PlanAsync(cases, view, options, cancellationToken).ConfigureAwait(false);
        return new PurchasePlanning
        {
            Cases = cases,
            Plans = [.. purchases.Select(purchase => new PurchasePlan(purchase) { View = view })],
            Failures = [.. cases.Where(source => source.Failure is not null)
                .Select(source => new KeyValuePair<ExpiringSubscription, CspMigrationException>(source.Row, source.Failure!))],
            Unmapped = [.. cases.Where(source => source.IsUnmapped)
                .Select(source => new KeyValuePair<ExpiringSubscription, CspMigrationException>(source.Row, new UnmappedSource(source.Row).ToFailure()))],
        };
    }

    private Task<PurchasePlanning> PlanApprovedAsync(IReadOnlyList<PlannedRow> rows, CustomerView view, CancellationToken cancellationToken)
    {
        return new ApprovedPlanner(_operation).PlanAsync(rows, view, cancellationToken);
    }

    private async Task<PurchasePlan> PlanWithoutSourceAsync(CustomerView view, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return new PurchasePlan(await new PurchaseWithoutSourcePlanner(_operation, view, options).PlanAsync(cancellationToken).ConfigureAwait(false)) { View = view };
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

    private PurchasePlanning Tell(PurchasePlanning planning)
    {
        foreach (var source in planning.Cases)
        {
            Tell(source);
        }

        foreach (var plan in planning.Plans)
        {
            _ = Tell(plan);
        }

        return planning;
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
}
