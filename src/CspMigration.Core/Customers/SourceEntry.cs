using System;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Customers;

/// <summary>The journal's entry about a source: what the service no longer tells when its migration is over.</summary>
internal static class SourceEntry
{
    /// <summary>What the journal knows a source by: the subscription; the directory SKU where another channel's units have none.</summary>
    public static SourceKey? KeyOf(ExpiringSubscription row) => SourceKey.FromOrNull(row.SubscriptionId ?? row.SkuId);

    /// <summary>The same of a target's source; null for a purchase without one.</summary>
    public static SourceKey? KeyOf(TargetSubscription target) => SourceKey.FromOrNull(target.SourceSubscriptionId ?? target.SourceSkuId);

    /// <summary>The same of a migration's source.</summary>
    public static SourceKey? KeyOf(SubscriptionMigration migration) => SourceKey.FromOrNull(migration.SourceSubscriptionId);

    /// <summary>Describes a source.</summary>
    /// <param name="row">The source.</param>
    /// <param name="seats">Its seats.</param>
    /// <param name="at">Now.</param>
    public static SourceFound Of(ExpiringSubscription row, int seats, DateTimeOffset at)
    {
        return new SourceFound
        {
            At = at,
            CustomerId = row.Customer,
            CustomerName = row.CustomerName,
            Sources = KeyOf(row) is { } key ? [key] : [],
            SubscriptionId = row.Id,
            OfferId = row.CatalogItem,
            OfferName = row.OfferName,
            SkuId = row.Sku,
            Quantity = seats,
            BillingCycle = row.BillingCycle,
            TermDuration = row.TermDuration,
            ParentSubscriptionId = row.ParentId,
            CommitmentEndDate = row.CommitmentEndDate,
        };
    }
}
