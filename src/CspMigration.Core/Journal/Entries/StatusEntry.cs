using CspMigration.Contracts;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about the status of a subscription: of a source that is ended or made active again, or of a target that is rolled back.</summary>
internal abstract record StatusEntry : CustomerEntry
{
    [JsonProperty("subscription")]
    public SubscriptionId? SubscriptionId { get; init; }

    /// <summary>What the subscription is to become, or has become.</summary>
    [JsonProperty("status")]
    public JournalStatus? Status { get; init; }

    /// <summary>What is sent to end a source; null for everything else, a rollback among it.</summary>
    [JsonProperty("way")]
    public SuspensionChange? Change { get; init; }

    /// <summary>Why a subscription is suspended, where it is for no migration.</summary>
    [JsonProperty("reason", Order = AtLast)]
    public SuspensionReason? OtherReason { get; init; }
}
