using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Adds seats to an existing subscription.</summary>
internal sealed class ResizeExecutor : ChangeExecutor
{
    public ResizeExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    // The mark comes first, then the seats: with the journal lost it shows that seats may have been added.
    protected override async Task<Subscription?> ChangeAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        var id = ExistingId(purchase, intent);
        var current = await Operation.Client.Subscriptions.GetAsync(purchase.CustomerId, id, cancellationToken).ConfigureAwait(false);
        var after = intent.Quantity ?? purchase.Quantity;
        var attempts = 0;

        // Nothing has been sent yet: planned for other seats than there are, it would take some of them for its own.
        if (purchase.Open is null && current.Quantity != intent.QuantityBefore)
        {
            await PlanAgainAsync(intent, current, more: "", cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (current.Quantity != after && intent.QuantityBefore is { } before && current.Quantity != before)
        {
            throw InDoubt(purchase, current, before, after);
        }

        var (marked, keeper) = (current, new TermEndKeeper(Operation));
        _ = await MarkSeatsAsync(purchase, id, cancellationToken).ConfigureAwait(false);
        try
        {
            return await Operation.Client.Subscriptions.SetQuantityAsync(purchase.CustomerId, id, after, keeper, cancellationToken, CheckSeats).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.PlanChanged.Id)
        {
            // No seat was added for what the mark says.
            _ = await Operation.Client.Subscriptions.SetFriendlyNameAsync(purchase.CustomerId, id, name => WithoutSeatMark(purchase, marked, name), keeper, cancellationToken).ConfigureAwait(false);
            await PlanAgainAsync(intent, current, more: "", cancellationToken).ConfigureAwait(false);
            return null;
        }

        // Only before the first attempt it is certain that none of the seats is ours.
        void CheckSeats(Subscription now)
        {
            var isFirst = purchase.Open is null && ++attempts == 1;
            current = now;
            if (now.Quantity != marked.Quantity)
            {
                throw isFirst ? ErrorCatalog.PlanChanged.Exception($"{now.OfferName} ({now.Id}) has {Enumeration.Count(now.Quantity, "seat")} by now.", purchase.CustomerId, now.Id)
                    : InDoubt(purchase, now, marked.Quantity, after);
            }
        }
    }

    private static CspMigrationException InDoubt(Purchase purchase, Subscription current, int before, int after)
    {
        return ErrorCatalog.ResizeInDoubt.Exception(
            $"{current.OfferName} ({current.Id}) was to grow from {before} to {after} seats; it has {current.Quantity}.", purchase.CustomerId, current.Id);
    }
}
