using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A change of something else is about to be sent, with which the service may drop what is scheduled for the end of the term: it is to be set again.</summary>
internal sealed record TermEndKept : CustomerEntry
{
    [JsonProperty("subscription")]
    public SubscriptionId? SubscriptionId { get; init; }

    /// <summary>What is to be there again.</summary>
    [JsonProperty("termEnd")]
    public TermEndRecord? TermEnd { get; init; }
}
