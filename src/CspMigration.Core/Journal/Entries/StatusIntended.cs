using System;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A subscription's status is about to be changed.</summary>
internal sealed record StatusIntended : StatusEntry
{
    /// <summary>What the subscription was to do at the end of its term before; null where that is not changed.</summary>
    [JsonProperty("termEndBefore")]
    public TermEndRecord? TermEndBefore { get; init; }

    /// <summary>Its outcome: it was changed.</summary>
    public StatusSettled Done(DateTimeOffset at)
    {
        return new StatusSettled { At = at, CustomerId = CustomerId, SubscriptionId = SubscriptionId, Status = Status, Change = Change, OtherReason = OtherReason, Done = true };
    }
}
