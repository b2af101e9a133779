using System;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A subscription's seats are about to be changed on their own.</summary>
internal sealed record QuantityIntended : QuantityEntry
{
    /// <summary>Its outcome: they were changed.</summary>
    public QuantitySettled Done(DateTimeOffset at)
    {
        return new QuantitySettled { At = at, CustomerId = CustomerId, SubscriptionId = SubscriptionId, QuantityBefore = QuantityBefore, Quantity = Quantity, Done = true };
    }
}
