using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Undo;

/// <summary>Finds what a migration bought or took for a source.</summary>
internal sealed class UndoneSuccessorFinder
{
    private readonly MigrationOperation _operation;

    public UndoneSuccessorFinder(MigrationOperation operation) => _operation = operation;

    /// <summary>The service's word first: marks. Then the journal, then what the record says.</summary>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>: bought, and not yet listed; <c>NotOurSubscription</c>: nobody knows of one.</exception>
    public UndoneSuccessor Find(UndoRequest request, Subscription source, string? customerName, IReadOnlyList<Subscription> subscriptions)
    {
        var key = source.Id;
        var name = $"{source.OfferName} ({key}) of {customerName}";
        var written = _operation.Journal.View.Purchase(request.CustomerId, key);

        // One taken back before may be there beside it. One that is deleted still tells that there was a migration.
        var marked = subscriptions.Where(other => PurchaseMark.Names(other.FriendlyName, key)).OrderByDescending(other => other.IsActive).ThenBy(other => other.IsDeleted).FirstOrDefault();
        var resized = subscriptions.FirstOrDefault(other => !other.IsDeleted && PurchaseMark.NamesSeats(other.FriendlyName, key));
        var target = marked ?? resized ?? subscriptions.FirstOrDefault(other =>
            CustomerView.Same(other.Id, written?.SubscriptionId ?? request.TargetSubscriptionId));
        if (target is null && _operation.Journal.View.OpenPurchase(request.CustomerId, key) is { IsAccepted: true })
        {
            throw ErrorCatalog.ProvisioningPending.Exception(
                $"The successor of {name} has been bought, and the service does not list it yet: it cannot be taken back before.",
                request.CustomerId,
                key,
                action: "Run the same line again later.");
        }

        var isUndone = request.IsRolledBack || _operation.Journal.View.IsUndone(request.CustomerId, key);
        var isReturned = isUndone && written is null && marked is not { IsActive: true } && resized is null;
        var outcome = written?.Way switch
        {
            nameof(PurchaseWay.Conversion) => TargetOutcome.Converted,
            nameof(PurchaseWay.Resize) => TargetOutcome.Resized,
            nameof(PurchaseWay.Reactivation) => marked is null ? TargetOutcome.Reactivated : TargetOutcome.Purchased,
            nameof(PurchaseWay.None) => TargetOutcome.Reused,
            null => marked is not null ? TargetOutcome.Purchased : resized is not null ? TargetOutcome.Resized : isReturned || request.IsUnbought ? null : request.Outcome,
            _ => TargetOutcome.Purchased,
        };
        return target is null && outcome is null && !isUndone
            ? throw ErrorCatalog.NotOurSubscription.Exception(
                $"Neither the customer's subscriptions nor the journal know of a successor of {name}: there is nothing to take back.",
                request.CustomerId,
                key,
                action: "Check the subscription's id, and that the journal is the one of the migration.")
            : new UndoneSuccessor(target, outcome ?? TargetOutcome.Reused, written, isReturned);
    }
}
