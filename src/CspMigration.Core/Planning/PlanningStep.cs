using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Planning;

/// <summary>Decides what is bought, in each of the ways that a purchase is asked for, and tells what was decided.</summary>
internal sealed class PlanningStep : IPurchasePlanner
{
    private readonly MigrationOperation _operation;

    public PlanningStep(MigrationOperation operation) => _operation = operation;

    /// <inheritdoc/>
    public async Task<PurchasePlanning> PlanAsync(IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return ReportFindings(await PlanAsync(rows, new CustomerView(_operation, rows[0].Customer), options, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<PurchasePlanning> PlanApprovedAsync(IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        return ReportFindings(await PlanApprovedAsync(rows, CustomerId.FromOrNull(rows[0].CustomerId) is { } customerId ? new CustomerView(_operation, customerId) : null, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<PurchasePlan> PlanWithoutSourceAsync(CustomerId customerId, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return ReportFindings(await PlanWithoutSourceAsync(new CustomerView(_operation, customerId), options, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<PurchasePlanning> PlanAgainAsync(PurchasePlan plan, CancellationToken cancellationToken)
    {
        var planning = await PlanAgainAsync(plan, plan.Purchase.Options, cancellationToken).ConfigureAwait(false);
        if (planning.Plans.Count == 1 && plan.IsSameAs(planning.Plans[0]))
        {
            return new PurchasePlanning { Plans = [planning.Plans[0].WithCartOf(plan)], Failures = planning.Failures, Unmapped = planning.Unmapped };
        }

        _operation.Observer.Verbose($"{plan.CustomerText}: what is there has changed since this was planned: {plan.DecisionText}.");
        return ReportFindings(planning);
    }

    /// <inheritdoc/>
    public async Task<PurchasePlanning> ReplanAsync(PurchasePlan plan, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return ReportFindings(await PlanAgainAsync(plan, options, cancellationToken).ConfigureAwait(false));
    }

    private async Task<PurchasePlanning> PlanAgainAsync(PurchasePlan plan, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var view = plan.View ?? new CustomerView(_operation, plan.Purchase.CustomerId);
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

    private Task<PurchasePlanning> PlanApprovedAsync(IReadOnlyList<PlannedRow> rows, CustomerView? view, CancellationToken cancellationToken)
    {
        return new ApprovedPlanner(_operation).PlanAsync(rows, view, cancellationToken);
    }

    private async Task<PurchasePlan> PlanWithoutSourceAsync(CustomerView view, PurchaseOptions options, CancellationToken cancellationToken)
    {
        return new PurchasePlan(await new PurchaseWithoutSourcePlanner(_operation, view, options).PlanAsync(cancellationToken).ConfigureAwait(false)) { View = view };
    }

    /// <inheritdoc/>
    public CspMigrationException NameOthers(Purchase purchase, CspMigrationException e)
    {
        var isOfTarget = e.ServiceCode is not null && (e.ErrorId == PartnerCenterErrors.OfferLimitReached.Id || e.ErrorId == PartnerCenterErrors.TargetNotOnSale.Id);
        var others = isOfTarget
            ? TargetAdvice.OfMap(purchase.Cases.FirstOrDefault()?.Target, purchase.Cases, new PurchaseCommandRemedies(purchase.CustomerId, purchase.Cases, purchase.Options))
            : null;
        return others is null ? e : e.Of(e.ErrorId, Remedy.All([e.Remedy, others]));
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

    // Where licenses cannot be asked for the checks say so, and nothing need be read.
    private async Task ReadAheadAsync(CustomerView view, List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        try
        {
            if (await _operation.Session.CanAskForLicensesAsync(_operation.Observer, cancellationToken).ConfigureAwait(false))
            {
                var sources = cases.Select(source => source.Row.Id).Known();
                await view.ReadAheadAsync(sources, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CspMigrationException e)
        {
            // The first check that needs the sign-in meets the same.
            _operation.Observer.Verbose($"Nothing was read ahead: {e.Problem}");
        }
    }

    // A failure is reported as an error.
    private void ReportFindings(MigrationCase source, bool isBought)
    {
        if (source.IsOpen && source.Row.MigrationState == MigrationState.RolledBack)
        {
            _operation.Observer.Warning(
                $"{source.Row.CustomerName}, {source.Name}: a migration was rolled back before; this one migrates it again. {Remedies.ExcludeCustomer()}");
        }

        foreach (var check in source.Checks.Where(check => check.Result is ReadinessResult.Pass or ReadinessResult.Warn or ReadinessResult.Unknown))
        {
            _operation.Observer.Verbose($"{source.Row.CustomerName}, {source.Name}: {check.Rule}: {check.Message}");
            if (source.IsOpen && check is { Rule: ReadinessRule.Target, Result: ReadinessResult.Warn })
            {
                // Without the customer: one -Target holds for the whole line, and is told once.
                _operation.Observer.Warning($"{check.Message} {check.Remedy}");
            }
            else if (source.IsOpen && check.Result == ReadinessResult.Warn && (check.Rule == ReadinessRule.Seats || (check.Rule == ReadinessRule.Source && ShowsEndOfTerm(source, isBought))))
            {
                _operation.Observer.Warning($"{source.Row.CustomerName}, {check.Message} {check.Remedy}");
            }
        }
    }

    private static bool ShowsEndOfTerm(MigrationCase source, bool isBought) =>
        source.Subscription?.AutoRenewEnabled == false || (isBought && source.Row.EndOfTerm is EndOfTerm.RenewsIntoAnother or EndOfTerm.RenewsIntoRetired);

    private PurchasePlanning ReportFindings(PurchasePlanning planning)
    {
        foreach (var source in planning.Cases)
        {
            ReportFindings(source, isBought: planning.Plans.Any(plan => plan.NeedsWrite && !plan.Purchase.IsInPlace && plan.Purchase.Cases.Contains(source)));
        }

        foreach (var plan in planning.Plans)
        {
            _ = ReportFindings(plan);
        }

        return planning;
    }

    private PurchasePlan ReportFindings(PurchasePlan plan)
    {
        _operation.Observer.Verbose($"{plan.CustomerText}: {plan.DecisionText}.");
        if (plan.Purchase.Difference is { } difference)
        {
            _operation.Observer.Warning(difference);
        }

        return plan;
    }
}
