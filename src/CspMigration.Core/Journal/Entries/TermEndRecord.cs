using System;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.Journal.Entries;

/// <summary>What a subscription was to do at the end of its term, as it stands in a line of the journal.</summary>
[JsonObject(MemberSerialization.OptIn, ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record TermEndRecord
{
    [JsonProperty("autoRenew")]
    public bool AutoRenew { get; init; }

    /// <summary>The kind of what was scheduled; null for nothing.</summary>
    [JsonProperty("action")]
    public string? Action { get; init; }

    /// <summary>The next term, as JSON text; null for none.</summary>
    [JsonProperty("instructions")]
    public string? Instructions { get; init; }

    public static TermEndRecord Of(EndOfTermSetting setting)
    {
        return new TermEndRecord { AutoRenew = setting.AutoRenew, Action = setting.Action?.Kind.ToString(), Instructions = setting.Action?.Instructions?.ToString(Formatting.None) };
    }

    /// <summary>What it means; an action of a kind that is not known here cannot be set, and counts as none.</summary>
    public EndOfTermSetting ToSetting()
    {
        return new EndOfTermSetting(AutoRenew, Enum.TryParse<ScheduledActionKind>(Action, out var kind) && kind != ScheduledActionKind.Other ? ScheduledAction.Of(kind, Instructions is null ? null : ServiceJson.Parse(Instructions) as JObject) : null);
    }
}
