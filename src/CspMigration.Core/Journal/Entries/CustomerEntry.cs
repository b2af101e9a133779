using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about a customer.</summary>
internal abstract record CustomerEntry : JournalEntry
{
    /// <summary>The customer; null only where the line was changed by hand.</summary>
    [JsonProperty("customer", Order = AtFirst + 1)]
    public CustomerId? CustomerId { get; init; }
}
