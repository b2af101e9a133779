using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Changes a subscription that is there. A change has a known end, so that it can always be sent again.</summary>
internal abstract class ChangeExecutor : MethodExecutor
{
    protected ChangeExecutor(MigrationOperation operation, PurchaseSettlement settlement)
        : base(operation, settlement)
    {
    }

    // Of several requests an earlier one may have been carried out.
    public sealed override async Task<PurchaseReceipt?> ExecuteAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken)
    {
        Subscription? changed;
        try
        {
            changed = await ChangeAsync(purchase, intent, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (PurchaseSettlement.IsRefusalOfEarlier(e) || e.ErrorId == ErrorCatalog.MethodNotAvailable.Id)
        {
            throw await Settlement.RefuseAsync(purchase, intent, e, cancellationToken).ConfigureAwait(false);
        }

        if (changed is null)
        {
            return null;
        }

        await Settlement.Journal.SettleAsync(intent, changed.OrderId, changed.Id, cancellationToken).ConfigureAwait(false);
        return new PurchaseReceipt(changed.OrderId, changed);
    }

    /// <summary>Changes the subscription.</summary>
    /// <returns>The subscription as it is then; null where another administrator has just changed it.</returns>
    protected abstract Task<Subscription?> ChangeAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken);

    protected Task<Subscription> MarkSeatsAsync(Purchase purchase, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        var keys = KeysOf(purchase);
        return Operation.Client.Subscriptions.SetFriendlyNameAsync(
            purchase.CustomerId,
            subscriptionId,
            name => keys.All(key => PurchaseMark.NamesSeats(name, key)) ? name! : PurchaseMark.AppendSeats(name, keys),
            new TermEndKeeper(Operation),
            cancellationToken);
    }

    /// <summary>The name without the mark of seats that were not added after all; what was there before stays.</summary>
    /// <param name="purchase">The purchase.</param>
    /// <param name="before">The subscription before it was marked.</param>
    /// <param name="name">Its name now.</param>
    protected static string WithoutSeatMark(Purchase purchase, Subscription before, string? name) =>
        PurchaseMark.WithoutSeats(name, KeysOf(purchase).Where(key => !PurchaseMark.NamesSeats(before.FriendlyName, key)));

    private static IReadOnlyList<SourceKey> KeysOf(Purchase purchase) => purchase.Cases.Count == 0 ? [PurchaseMark.KeyOf(purchase.FriendlyName)] : purchase.Keys;
}
