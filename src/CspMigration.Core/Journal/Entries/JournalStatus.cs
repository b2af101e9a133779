namespace CspMigration.Core.Journal.Entries;

/// <summary>
/// What a subscription is to become, in the words of the journal: what ends a source, and what a rollback does with a target.
/// The names are saved data.
/// </summary>
internal enum JournalStatus
{
    /// <summary>Made active again, or made to renew again.</summary>
    Active,

    /// <summary>Suspended.</summary>
    Suspended,

    /// <summary>Found suspended.</summary>
    AlreadySuspended,

    /// <summary>Found ended otherwise.</summary>
    AlreadyEnded,

    /// <summary>Auto-renew turned off, so that it expires.</summary>
    AutoRenewOff,

    /// <summary>A source that was deleted within its first days.</summary>
    Cancelled,

    /// <summary>Left to expire.</summary>
    LeftToTermEnd,

    /// <summary>Left to the customer, who bought it elsewhere.</summary>
    LeftToOtherChannel,

    /// <summary>Kept: source and target are one.</summary>
    Kept,

    /// <summary>A target that a rollback deleted.</summary>
    Deleted,

    /// <summary>A target that a rollback gave its former number of seats.</summary>
    Resized,

    /// <summary>A target that gets its former number of seats when it renews.</summary>
    ResizedAtRenewal,

    /// <summary>A target that a rollback left as it is.</summary>
    LeftAlone,
}
