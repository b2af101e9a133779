using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>
/// Plans what becomes of everything that was got for a source: the add-ons that were bought with its target, the target, and the
/// base that an earlier rollback has left only because the target needed it.
/// </summary>
internal sealed class RollbackPlanner
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly RollbackActionSelector _chooser;

    public RollbackPlanner(MigrationOperation operation, CustomerView view)
    {
        _operation = operation;
        _view = view;
        _chooser = new RollbackActionSelector(operation, view.CustomerId);
    }

    /// <summary>In the order in which it is done: add-ons before their base.</summary>
    /// <param name="key">The source.</param>
    /// <param name="acquired">What was got for it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What is done with the target itself, and with everything.</returns>
    /// <exception cref="CspMigrationException">
    /// <c>AddOnStillActive</c>: another administrator has bought an add-on to the target; <c>ProvisioningPending</c>: an add-on is bought and not listed yet;
    /// <c>ResizeInDoubt</c>.
    /// </exception>
    public async Task<(TargetRollback Main, IReadOnlyList<TargetRollback> All)> PlanAsync(SubscriptionId key, AcquiredTarget acquired, CancellationToken cancellationToken)
    {
        var target = acquired.Target!;
        var main = _chooser.Choose(key, acquired);
        var addOns = await AddOnsAsync(target, isBaseEnding: main.Ends, isBaseNeeded: _chooser.IsNeeded(key, acquired), cancellationToken).ConfigureAwait(false);
        if (main.Ends && await OtherAddOnsAsync(target, addOns, cancellationToken).ConfigureAwait(false) is { Count: > 0 } others)
        {
            throw ErrorCatalog.AddOnStillActive.Exception(
                $"{target.OfferName} ({target.Id}) of the migration carries {string.Join(", ", others.Select(addOn => $"{addOn.OfferName} ({addOn.Id})"))}, which the migration has not bought.",
                _view.CustomerId,
                key,
                Remedies.EndAddOns([.. others.Select(addOn => UserCommands.SuspendWithUsers(_view.CustomerId, addOn.Id))]));
        }

        var parents = main.Ends || !target.IsActive ? await ParentAsync(target, key, cancellationToken).ConfigureAwait(false) : [];
        return (main, [.. addOns, main, .. parents]);
    }

    // The target's base goes too, where it was left for the target alone.
    private async Task<IReadOnlyList<TargetRollback>> ParentAsync(Subscription target, SubscriptionId key, CancellationToken cancellationToken)
    {
        if (target.ParentSubscriptionId is not { } parentId
            || await _view.SubscriptionAsync(parentId, cancellationToken).ConfigureAwait(false) is not { IsActive: true } parent
            || (await new RelyingSourceFinder(_operation, _view).FindAsync(parent, key, withoutAddOn: target.Id, cancellationToken).ConfigureAwait(false)).Count > 0
            || _chooser.ChooseForLeft(parent, key) is not { NeedsWrite: true } rollback)
        {
            return [];
        }

        var addOns = await AddOnsAsync(parent, isBaseEnding: rollback.Ends, isBaseNeeded: false, cancellationToken).ConfigureAwait(false);
        var others = (await OtherAddOnsAsync(parent, addOns, cancellationToken).ConfigureAwait(false)).Where(addOn => !addOn.Id.Is(target.Id)).ToList();
        return others.Count > 0
            ? [TargetRollback.LeaveAlone(parent, $"{parent.OfferName} ({parent.Id}) stays as it is: it carries {string.Join(", ", others.Select(addOn => $"{addOn.OfferName} ({addOn.Id})"))}, which no migration has bought.")]
            : [.. addOns, rollback];
    }

    private async Task<IReadOnlyList<TargetRollback>> AddOnsAsync(Subscription target, bool isBaseEnding, bool isBaseNeeded, CancellationToken cancellationToken)
    {
        if (!isBaseEnding && isBaseNeeded)
        {
            return [];
        }

        if (_operation.Journal.View.HasOpenAddOn(_view.CustomerId, target.Id))
        {
            throw ErrorCatalog.ProvisioningPending.Exception(
                $"An add-on to {target.OfferName} ({target.Id}) is being bought, and the service does not list it yet: it cannot be rolled back before.",
                _view.CustomerId,
                target.Id,
                remedy: Remedies.RunAgainLater());
        }

        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var ours = subscriptions.Where(addOn => !addOn.IsOutOfService && IsBoughtWith(addOn, target, isBaseEnding)).ToList();
        return ours.Find(UndecidedStatus.IsOf) is { } undecided
            ? throw UndecidedStatus.Refuse(_view.CustomerId, undecided, "it cannot be rolled back yet")
            : [.. ours.Select(_chooser.ChooseForPurchased)];
    }

    // By the journal; with the journal lost, by the mark. What was bought with a base that serves no source stays with it.
    private bool IsBoughtWith(Subscription addOn, Subscription target, bool isBaseEnding)
    {
        var journal = _operation.Journal.View;
        var written = journal.AddOnsOf(_view.CustomerId, target.Id).LastOrDefault(entry => entry.SubscriptionId.Is(addOn.Id));
        return written is null
            ? isBaseEnding && PurchaseMark.NamesBase(addOn.FriendlyName, target.Id)
            : isBaseEnding || journal.Acquisitions(_view.CustomerId, target.Id).LastOrDefault(entry => entry.At <= written.At) is { Sources.Count: > 0 };
    }

    private async Task<IReadOnlyList<Subscription>> OtherAddOnsAsync(Subscription target, IReadOnlyList<TargetRollback> ours, CancellationToken cancellationToken)
    {
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        return [.. subscriptions.Where(addOn => addOn.IsActive
            && addOn.ParentSubscriptionId.Is(target.Id)
            && !ours.Any(rollback => rollback.Target.Id.Is(addOn.Id)))];
    }
}
