using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>What was kept of the end of a term is there again, or the service has not taken it.</summary>
internal sealed record TermEndReleased : CustomerEntry
{
    [JsonProperty("subscription")]
    public SubscriptionId? SubscriptionId { get; init; }
}
