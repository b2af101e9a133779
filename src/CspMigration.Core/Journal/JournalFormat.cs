using CspMigration.Core.Journal.Entries;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal;

/// <summary>
/// The version of the journal's lines. It stands in each of them, so that a journal which several versions have written says
/// of every line who can read it.
/// </summary>
internal static class JournalFormat
{
    /// <summary>
    /// What this version writes, and the newest it reads. It is raised with every kind of entry and every meaning without
    /// which an older version would decide wrongly; what that one may ignore needs no new number.
    /// </summary>
    public const int Current = 2;

    /// <summary>What lines of version 0.1.0 are, which have no number.</summary>
    public const int WithoutNumber = 1;

    /// <summary>The version of a line, as far as it says one that can be read; whatever else is in the line.</summary>
    public static int VersionOf(string line)
    {
        try
        {
            return JsonConvert.DeserializeObject<Header>(line)?.Version is { } version
                ? version > int.MaxValue ? int.MaxValue : (int)version
                : WithoutNumber;
        }
        catch (JsonException)
        {
            return WithoutNumber;
        }
    }

    private sealed class Header
    {
        [JsonProperty(JournalEntry.VersionMember)]
        public long? Version { get; set; }
    }
}
