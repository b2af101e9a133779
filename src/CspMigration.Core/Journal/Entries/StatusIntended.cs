using System;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A subscription's status is about to be changed.</summary>
internal sealed record StatusIntended : StatusEntry
{
    /// <summary>Its outcome: it was changed.</summary>
    public StatusSettled Done(DateTimeOffset at)
    {
        return new StatusSettled { At = at, CustomerId = CustomerId, SubscriptionId = SubscriptionId, Status = Status, Change = Change, OtherReason = OtherReason, Done = true };
    }
}
