using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about seats of a subscription that are changed on their own, apart from any purchase.</summary>
internal abstract record QuantityEntry : CustomerEntry
{
    [JsonProperty("subscription")]
    public SubscriptionId? SubscriptionId { get; init; }

    [JsonProperty("before")]
    public int? QuantityBefore { get; init; }

    [JsonProperty("quantity")]
    public int? Quantity { get; init; }
}
