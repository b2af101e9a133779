using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A subscription's status has been changed, or definitely not.</summary>
internal sealed record StatusSettled : StatusEntry
{
    /// <summary>Whether it was changed.</summary>
    [JsonProperty("done", Order = AtLast - 1)]
    public bool Done { get; init; }

    /// <summary>Whether the subscription was left to expire.</summary>
    public bool IsLeftToExpire => Status is JournalStatus.AutoRenewOff or JournalStatus.LeftToTermEnd or JournalStatus.EndsWithTerm;

    /// <summary>Whether the service did not take the cancellation at the end of the term: auto-renew is off alone.</summary>
    public bool IsCancellationRefused => Status == JournalStatus.AutoRenewOff && Change == SuspensionChange.EndWithTerm;

    /// <summary>Whether the subscription was ended, at once or by being left to expire, and not made active.</summary>
    public bool IsEnding => Status is not (null or JournalStatus.Active);
}
