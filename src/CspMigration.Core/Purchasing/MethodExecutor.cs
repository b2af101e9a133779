using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;

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

    /// <summary>The subscription that is changed.</summary>
    protected static SubscriptionId ExistingId(Purchase purchase, PurchaseIntended intent)
    {
        return purchase.Existing?.Id ?? intent.SubscriptionId ?? throw new InvalidOperationException("Nothing says which subscription is changed.");
    }
}
