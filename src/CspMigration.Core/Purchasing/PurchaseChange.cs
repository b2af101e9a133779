using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Purchases;

namespace CspMigration.Core.Purchasing;

/// <summary>A decided purchase on its way to the service.</summary>
internal sealed class PurchaseChange : PlannedChange
{
    private readonly PurchaseStep _step;
    private readonly PurchaseHandlers _handlers;

    public PurchaseChange(PurchaseStep step, PurchasePlan plan, PurchaseHandlers handlers)
    {
        _step = step;
        Plan = plan;
        _handlers = handlers;
    }

    public PurchasePlan Plan { get; }

    public override CustomerId CustomerId => Plan.Purchase.CustomerId;

    public override bool NeedsWrite => Plan.NeedsWrite;

    // What is only taken note of is written into the journal too.
    public override bool NeedsJournal => true;

    public override ConfirmationRequest Request => new() { Action = Plan.ActionText, Customer = Plan.CustomerText, IsPlanned = _handlers.IsPlanned };

    // A cart shows the price to confirm, but making one is a write: never for a plan, never where no one can answer.
    public override async Task<PlannedChange> PrepareAsync(IConfirmer confirmer, CancellationToken cancellationToken)
    {
        if (!Plan.NeedsCart)
        {
            return this;
        }

        await confirmer.RequirePromptAsync(cancellationToken).ConfigureAwait(false);
        return With(await _step.PrepareAsync(Plan, cancellationToken).ConfigureAwait(false));
    }

    public override async Task ReportPlannedAsync()
    {
        foreach (var target in Plan.ToPlanned())
        {
            await _handlers.Completed(target).ConfigureAwait(false);
        }
    }

    public override async Task<IReadOnlyList<PlannedChange>> PlanAgainAsync(CancellationToken cancellationToken)
    {
        var planning = await _step.PlanAgainAsync(Plan, cancellationToken).ConfigureAwait(false);
        await _step.ReportBlockedAsync(planning, _handlers, cancellationToken).ConfigureAwait(false);
        return [.. planning.Plans.Select(With)];
    }

    public override bool IsSameAs(PlannedChange other) => Plan.IsSameAs(((PurchaseChange)other).Plan);

    public override void CheckReplacement(IReadOnlyList<PlannedChange> changes)
    {
        _handlers.Replacing(Plan, [.. changes.Cast<PurchaseChange>().Select(change => change.Plan)]);
    }

    public override async Task<ExecutedChange> ExecuteAsync(CancellationToken cancellationToken)
    {
        var (targets, replanned) = await _step.ExecuteAsync(Plan, cancellationToken).ConfigureAwait(false);
        if (replanned is not null)
        {
            await _step.ReportBlockedAsync(replanned, _handlers, cancellationToken).ConfigureAwait(false);
            return ExecutedChange.ReplacedBy([.. replanned.Plans.Select(With)]);
        }

        return ExecutedChange.Of(() => ReportAsync(targets, cancellationToken));
    }

    public override async Task<bool> TryReportFailureAsync(CspMigrationException failure, CancellationToken cancellationToken)
    {
        _handlers.Failed(Plan.Rows, await _step.RecordFailureAsync(Plan, failure, cancellationToken).ConfigureAwait(false));
        return true;
    }

    private async Task ReportAsync(IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        if (_handlers.Wait)
        {
            await _step.AwaitSeatsAsync(targets[0], cancellationToken).ConfigureAwait(false);
        }

        foreach (var target in targets)
        {
            await _handlers.Completed(target).ConfigureAwait(false);
        }
    }

    private PurchaseChange With(PurchasePlan plan) => new(_step, plan, _handlers);
}
