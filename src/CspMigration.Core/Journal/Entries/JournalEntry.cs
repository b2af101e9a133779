using System;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>One line of the journal. It has ids, numbers and reasons, never a token or the name of a person.</summary>
[JsonObject(MemberSerialization.OptIn, ItemNullValueHandling = NullValueHandling.Ignore)]
internal abstract record JournalEntry
{
    /// <summary>The member of a line that has the version of its format.</summary>
    public const string VersionMember = "version";

    // What each line has stands first in it, how the matter ended last.
    private protected const int AtFirst = -10;
    private protected const int AtLast = 10;

    /// <summary>The version of the line's format as it was read; null in lines of 0.1.0, and before it is written.</summary>
    [JsonProperty(VersionMember)]
    public int? Version { get; init; }

    /// <summary>The number is written by whoever writes the line, in front of all else.</summary>
    public static bool ShouldSerializeVersion() => false;

    /// <summary>When it was written, UTC.</summary>
    [JsonProperty("at", Required = Required.Always, Order = AtFirst)]
    public DateTimeOffset At { get; init; }
}
