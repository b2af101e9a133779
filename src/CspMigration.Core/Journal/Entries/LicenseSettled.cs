using System;
using CspMigration.Contracts;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A user's license has been moved, or definitely not.</summary>
internal sealed record LicenseSettled : LicenseEntry
{
    /// <summary>Whether it was moved.</summary>
    [JsonProperty("done", Order = AtLast)]
    public bool Done { get; init; }

    /// <summary>Why it was not, as the service's code or an error id.</summary>
    [JsonProperty("reason", Order = AtLast)]
    public string? Reason { get; init; }

    /// <summary>What became of the user. Null in early journals, and where a later version wrote what this one does not know.</summary>
    [JsonProperty("outcome", Order = AtLast)]
    [JsonConverter(typeof(KnownWordConverter))]
    public UserMoveOutcome? Outcome { get; init; }

    /// <summary>Why the user was not moved, and what to do. Users are named by their ids.</summary>
    [JsonProperty("error", Order = AtLast)]
    public string? Error { get; init; }

    /// <summary>The outcome of an update that was announced, or whose outcome is known better by now.</summary>
    /// <param name="entry">What was written before.</param>
    /// <param name="at">Now.</param>
    /// <param name="outcome">What became of the user.</param>
    public static LicenseSettled Of(LicenseEntry entry, DateTimeOffset at, UserMoveOutcome outcome)
    {
        return new LicenseSettled
        {
            At = at,
            CustomerId = entry.CustomerId,
            Sources = entry.Sources,
            RequestId = entry.RequestId,
            UserId = entry.UserId,
            Direction = entry.Direction,
            FromSkuIds = entry.FromSkuIds,
            ToSkuIds = entry.ToSkuIds,
            SwitchedOffPlans = entry.SwitchedOffPlans,
            SwitchedOffPlansBySku = entry.SwitchedOffPlansBySku,
            Done = outcome == UserMoveOutcome.Moved,
            Outcome = outcome,
        };
    }
}
