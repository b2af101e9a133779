namespace CspMigration.Core.Journal.Entries;

/// <summary>What is sent to end a source; the names are saved data.</summary>
internal enum SuspensionChange
{
    /// <summary>Nothing: it is as it should be, or not ours to change.</summary>
    None,

    /// <summary>Status suspended.</summary>
    Suspend,

    /// <summary>Status deleted.</summary>
    Delete,

    /// <summary>Auto-renew off.</summary>
    AutoRenewOff,
}
