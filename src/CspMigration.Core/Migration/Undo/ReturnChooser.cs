using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Undo;

/// <summary>Decides what is done with the successor of a migration that is taken back (design §3, "Undo by outcome").</summary>
internal sealed class ReturnChooser
{
    private readonly MigrationOperation _operation;

    public ReturnChooser(MigrationOperation operation) => _operation = operation;

    /// <summary>What is done with it, the seats it goes back to where it was given more, and what the user should know before.</summary>
    /// <exception cref="CspMigrationException"><c>ResizeInDoubt</c>: how many seats it had before is not known.</exception>
    public (TargetReturn Return, int? Former, string? Warning) Choose(
        string key, UndoneSuccessor successor, IReadOnlyList<Subscription> subscriptions, string customerId)
    {
        var target = successor.Target!;
        var isOpen = target.CancellableUntil is not { } until || until >= _operation.Time.GetUtcNow();
        var isNewCommerce = target.Commerce == CommerceKind.NewCommerce;
        if (successor.Outcome == TargetOutcome.Reused || (successor.Outcome != TargetOutcome.Resized && !target.IsActive))
        {
            return (TargetReturn.LeftAlone, null, null);
        }

        if (ServesOthers(key, successor, subscriptions, customerId))
        {
            return (TargetReturn.LeftAlone, null, $"{target.OfferName} ({target.Id}) stays as it is: it succeeds another source that is still migrated.");
        }

        return successor.Outcome == TargetOutcome.Resized ? ChooseForResized(key, successor, isNewCommerce && !isOpen, customerId)
            : successor.Outcome == TargetOutcome.Reactivated ? (TargetReturn.Suspended, null, null)
            : !isNewCommerce ? (TargetReturn.Suspended, null, null)
            : isOpen ? (TargetReturn.Deleted, null, null)
            : !target.AutoRenewEnabled ? (TargetReturn.LeftAlone, null, null)
            : (TargetReturn.AutoRenewOff, null, $"{target.OfferName} ({target.Id}) can no longer be cancelled: it is billed until {UtcDay.Of(target.CommitmentEnd)}.");
    }

    private static (TargetReturn Return, int? Former, string? Warning) ChooseForResized(string key, UndoneSuccessor successor, bool isLate, string customerId)
    {
        var target = successor.Target!;
        if (successor.Written is not { QuantityBefore: { } former } written)
        {
            throw ErrorCatalog.ResizeInDoubt.Exception(
                $"How many seats {target.OfferName} ({target.Id}) had before, only the journal knew.", customerId, target.Id);
        }

        if (target.Quantity > former && target.Quantity != written.Quantity)
        {
            return (TargetReturn.LeftAlone, null, string.Format(
                CultureInfo.CurrentCulture,
                "{0} ({1}) has {2} seats, not the {3} it was given: somebody needs the others. The {4} of this migration stay; Set-Subscription takes them away.",
                target.OfferName, target.Id, target.Quantity, written.Quantity, written.Quantity - former));
        }

        var isDone = isLate ? target.QuantityAtRenewal == former : target.Quantity <= former && !PurchaseMark.NamesSeats(target.FriendlyName, key);
        return isDone ? (TargetReturn.LeftAlone, former, null)
            : isLate ? (TargetReturn.ResizedAtRenewal, former, $"{target.OfferName} ({target.Id}) keeps its {target.Quantity} seats until it renews: the 7 days in which they could be given back are over.")
            : (TargetReturn.Resized, former, null);
    }

    // What was got for several sources is taken back with the last of them. By the marks the others are still migrated while
    // they are not active; by the journal, while it has the same purchase for them.
    private bool ServesOthers(string key, UndoneSuccessor successor, IReadOnlyList<Subscription> subscriptions, string customerId)
    {
        var target = successor.Target!;
        return subscriptions.Any(other => !CustomerView.Same(other.Id, key)
                && !CustomerView.Same(other.Id, target.Id)
                && !other.IsActive
                && other.IsSuspended
                && PurchaseMark.Names(target.FriendlyName, other.Id))
            || (successor.Outcome is TargetOutcome.Resized or TargetOutcome.Reactivated
                && (successor.Written?.Sources ?? []).Any(other => !CustomerView.Same(other, key)
                    && _operation.Journal.View.Purchase(customerId, other)?.RequestId == successor.Written!.RequestId));
    }
}
