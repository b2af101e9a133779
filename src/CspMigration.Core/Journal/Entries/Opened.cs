using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A process began to write.</summary>
internal sealed record Opened : JournalEntry
{
    /// <summary>The partner tenant the journal belongs to.</summary>
    [JsonProperty("partner")]
    public string? PartnerTenantId { get; init; }

    /// <summary>Which process on which machine writes.</summary>
    [JsonProperty("writer")]
    public string? Writer { get; init; }
}
