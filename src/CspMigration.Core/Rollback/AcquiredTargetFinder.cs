using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>Finds what a migration bought or took for a source.</summary>
internal sealed class AcquiredTargetFinder
{
    private readonly MigrationOperation _operation;

    public AcquiredTargetFinder(MigrationOperation operation) => _operation = operation;

    /// <summary>The service's word first: marks. Then the journal, then what the record says.</summary>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>: bought, and not yet listed or set up; <c>NotOurSubscription</c>: none is known.</exception>
    public async Task<AcquiredTarget> FindAsync(CustomerView view, UndoRequest request, Subscription source, string? customerName, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var key = source.Id;
        var name = $"{source.OfferName} ({key}) of {customerName}";
        var written = _operation.Journal.View.Purchase(request.Customer, key);

        // One rolled back before may be there beside it. One that is deleted still tells that there was a migration.
        var marked = subscriptions.Where(other => PurchaseMark.Names(other.FriendlyName, key)).OrderByDescending(other => other.IsActive).ThenBy(other => other.IsOutOfService).ThenBy(other => other.IsDeleted).FirstOrDefault();
        var resized = subscriptions.FirstOrDefault(other => !other.IsDeleted && PurchaseMark.NamesSeats(other.FriendlyName, key));
        var journaled = subscriptions.FirstOrDefault(other => other.Id.Is(written?.SubscriptionId))
            ?? (written?.SubscriptionId is { } boughtId ? await view.FindCurrentAsync(boughtId, cancellationToken).ConfigureAwait(false) : null);
        var target = (journaled is { IsActive: true } ? journaled : null) ?? marked ?? resized ?? journaled
            ?? subscriptions.FirstOrDefault(other => written?.SubscriptionId is null && other.Id.Is(request.TargetId));
        // An earlier target that a rollback has ended is not what was bought since.
        if (target is not { IsActive: true } && _operation.Journal.View.OpenPurchase(request.Customer, key) is { IsAccepted: true } open && !(target?.CreatedOn >= open.Intent.Earliest))
        {
            throw ErrorCatalog.ProvisioningPending.Exception(
                $"The target of {name} has been bought, and the service does not list it yet: it cannot be rolled back before.",
                request.Customer,
                key,
                remedy: Remedies.RepeatLater());
        }

        var others = target is null ? [] : await new RelyingSourceFinder(_operation, view).FindAsync(target, key, withoutAddOn: null, cancellationToken).ConfigureAwait(false);
        var isUndone = request.IsRolledBack || _operation.Journal.View.IsUndone(request.Customer, key);

        // Without others that keep it, a purchase that is active has been made again since, by someone with another journal.
        var isReturned = isUndone && written is null && (marked is not { IsActive: true } || others.Count > 0);

        // What was bought for it and is there beside what the journal names was got in another way.
        written = written is { SubscriptionId: { } writtenId } && target is not null && !writtenId.Is(target.Id) ? null : written;
        var known = written?.Method is null ? (TargetOutcome?)null : written.Outcome;
        var outcome = known switch
        {
            TargetOutcome.Reactivated or TargetOutcome.Reused when marked == target => TargetOutcome.Purchased,
            not null => known,
            null => marked is not null && marked == target ? TargetOutcome.Purchased
                : resized is not null && resized == target ? TargetOutcome.Resized
                : isReturned || request.IsUnbought ? null : request.Outcome,
        };
        return target is null && outcome is null && !isUndone
            ? throw PartnerCenterErrors.NotOurSubscription.Exception(
                $"Neither the customer's subscriptions nor the journal have a target of {name}: there is nothing to roll back.",
                request.Customer,
                key,
                remedy: Remedies.CheckIdAndJournal())
            : new AcquiredTarget(
                target is null ? null : await CurrentAsync(view, target, outcome, cancellationToken).ConfigureAwait(false), outcome ?? TargetOutcome.Reused, written ?? Earlier(request.Customer, key, target), isReturned, others);
    }

    // What is pending would be left as it is, become active a moment later, and be billed.
    private static async Task<Subscription> CurrentAsync(CustomerView view, Subscription target, TargetOutcome? outcome, CancellationToken cancellationToken)
    {
        var current = await view.CurrentAsync(target.Id, cancellationToken).ConfigureAwait(false);
        return UndecidedStatus.IsOf(current) && outcome is not (null or TargetOutcome.Reused) ? throw UndecidedStatus.Refuse(view.CustomerId, current, "it cannot be rolled back yet") : current;
    }

    // An undo that left the target as it was, because others needed it, has given nothing back.
    private PurchaseSettled? Earlier(CustomerId customerId, SourceKey key, Subscription? target)
    {
        return target is null ? null
            : _operation.Journal.View.Acquisitions(customerId, target.Id).LastOrDefault(entry => entry.IsAbout(key));
    }
}
