using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A group's licenses have been exchanged, or definitely not.</summary>
internal sealed record GroupSettled : GroupEntry
{
    /// <summary>Whether they were.</summary>
    [JsonProperty("done", Order = AtLast)]
    public bool Done { get; init; }

    /// <summary>Why they were not, as the service's code or an error id.</summary>
    [JsonProperty("reason", Order = AtLast)]
    public string? Reason { get; init; }
}
