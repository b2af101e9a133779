using System;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Customers;

/// <summary>The journal's entry about a source: what the service no longer tells when its migration is over.</summary>
internal static class SourceEntry
{
    /// <summary>What the journal knows a source by: the subscription; the directory SKU where another channel's units have none.</summary>
    public static string? KeyOf(ExpiringSubscription row) => row.SubscriptionId ?? row.SkuId;

    /// <summary>The same of a target's source; null for a purchase without one.</summary>
    public static string? KeyOf(TargetSubscription target) => target.SourceSubscriptionId ?? target.SourceSkuId;

    /// <summary>Describes a source.</summary>
    /// <param name="row">The source.</param>
    /// <param name="seats">Its seats.</param>
    /// <param name="at">Now.</param>
    public static SourceFound Of(ExpiringSubscription row, int seats, DateTimeOffset at)
    {
        return new SourceFound
        {
            At = at,
            CustomerId = row.CustomerId,
            CustomerName = row.CustomerName,
            Sources = [KeyOf(row) ?? ""],
            SubscriptionId = row.SubscriptionId,
            OfferId = row.OfferId,
            OfferName = row.OfferName,
            SkuId = row.SkuId,
            Quantity = seats,
            BillingCycle = row.BillingCycle,
            TermDuration = row.TermDuration,
            ParentSubscriptionId = row.ParentSubscriptionId,
            CommitmentEndDate = row.CommitmentEndDate,
        };
    }
}
