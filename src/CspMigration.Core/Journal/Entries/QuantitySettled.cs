using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A subscription's seats have been changed on their own.</summary>
internal sealed record QuantitySettled : QuantityEntry
{
    /// <summary>Whether they were changed.</summary>
    [JsonProperty("done", Order = AtLast)]
    public bool Done { get; init; }
}
