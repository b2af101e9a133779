using CspMigration.Contracts;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A step of a source's migration ended with an error; nothing that is resumed or rolled back depends on it.</summary>
internal sealed record Stopped : MigrationEntry
{
    /// <summary>Blocked where a check forbade to begin, else Failed; null where a later version wrote what this one does not know.</summary>
    [JsonProperty("status")]
    [JsonConverter(typeof(KnownWordConverter))]
    public MigrationState? State { get; init; }

    [JsonProperty("reason", Order = AtLast)]
    public string? ErrorId { get; init; }

    /// <summary>What the error said.</summary>
    [JsonProperty("error", Order = AtLast)]
    public string? Error { get; init; }

    /// <summary>What to do about it, as data in JSON; null in early journals, which have it in <see cref="Error"/> alone.</summary>
    [JsonProperty("remedy", Order = AtLast)]
    public string? Remedy { get; init; }

    /// <summary>The service's own words in <see cref="Error"/>.</summary>
    [JsonProperty("serviceWords", Order = AtLast)]
    public string? ServiceWords { get; init; }
}
