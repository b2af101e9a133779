using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Carries one method of purchase out.</summary>
internal abstract class MethodExecutor
{
    protected MethodExecutor(MigrationOperation operation, PurchaseSettlement settlement)
    {
        Operation = operation;
        Settlement = settlement;
    }

    protected MigrationOperation Operation { get; }

    protected PurchaseSettlement Settlement { get; }

    /// <summary>Sends what was written down, until its outcome is known.</summary>
    /// <returns>What it came to; null where it has to be planned again.</returns>
    public abstract Task<PurchaseReceipt?> ExecuteAsync(Purchase purchase, PurchaseIntended intent, CancellationToken cancellationToken);

    /// <summary>Has a change planned again, of which nothing was sent: the subscription is not any more what it was planned for.</summary>
    /// <param name="intent">What was written down of it.</param>
    /// <param name="current">The subscription as it is now.</param>
    /// <param name="more">What else to say of it, from a colon on; empty for nothing.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    protected Task PlanAgainAsync(PurchaseIntended intent, Subscription current, string more, CancellationToken cancellationToken)
    {
        var reason = ErrorCatalog.PlanChanged.Exception($"{current.OfferName} ({current.Id}) has {Enumeration.Count(current.Quantity, "seat")} by now{more}.");
        return Settlement.Journal.RefuseAsync(intent, reason, cancellationToken);
    }

    /// <summary>The subscription that is changed.</summary>
    protected static SubscriptionId ExistingId(Purchase purchase, PurchaseIntended intent)
    {
        return purchase.Existing?.Id ?? intent.SubscriptionId ?? throw new InvalidOperationException("Nothing says which subscription is changed.");
    }
}
