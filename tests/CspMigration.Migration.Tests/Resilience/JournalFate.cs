namespace CspMigration.Migration.Tests.Resilience;

/// <summary>What a crash leaves of the journal.</summary>
public enum JournalFate
{
    /// <summary>All that was acknowledged.</summary>
    Kept,

    /// <summary>The last line without its end.</summary>
    Torn,

    /// <summary>Nothing.</summary>
    Lost,
}
