namespace CspMigration.Core.Journal.Entries;

/// <summary>What a rollback does with the target; the names are saved data (docs/rules.md, "Rolling back").</summary>
internal enum RollbackAction
{
    /// <summary>Nothing: it was there before, or serves others still, or is as it should be.</summary>
    LeftAlone,

    /// <summary>Legacy: suspended.</summary>
    Suspended,

    /// <summary>New commerce within 7 days: deleted.</summary>
    Deleted,

    /// <summary>New commerce later: it expires.</summary>
    AutoRenewOff,

    /// <summary>The former number of seats.</summary>
    Resized,

    /// <summary>New commerce later: the former number of seats from the renewal on.</summary>
    ResizedAtRenewal,
}
