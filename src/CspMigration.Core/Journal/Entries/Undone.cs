using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>The migration of a source has been rolled back: what was written of it before no longer counts.</summary>
internal sealed record Undone : MigrationEntry
{
    /// <summary>The target; null where there was none.</summary>
    [JsonProperty("subscription")]
    public SubscriptionId? SubscriptionId { get; init; }

    /// <summary>The target's seats afterwards.</summary>
    [JsonProperty("quantity")]
    public int? Quantity { get; init; }

    /// <summary>What became of the target. Null where there was none, and where a later version wrote what this one does not know.</summary>
    [JsonProperty("status")]
    [JsonConverter(typeof(KnownWordConverter))]
    public RollbackAction? Action { get; init; }
}
