namespace CspMigration.Core.Journal;

/// <summary>What a line of the journal says.</summary>
internal enum JournalEntryKind
{
    /// <summary>A process began to write.</summary>
    Opened,

    /// <summary>A source as it was when its migration began: what the service no longer tells when it is over.</summary>
    SourceFound,

    /// <summary>A purchase is about to be sent.</summary>
    PurchaseIntended,

    /// <summary>A purchase has a definite outcome.</summary>
    PurchaseSettled,

    /// <summary>A user's licence is about to be moved.</summary>
    LicenseIntended,

    /// <summary>A user's licence has been moved, or definitely not.</summary>
    LicenseSettled,

    /// <summary>A subscription's status is about to be changed.</summary>
    StatusIntended,

    /// <summary>A subscription's status has been changed, or definitely not.</summary>
    StatusSettled,

    /// <summary>A subscription's seats are about to be changed on their own, apart from any purchase.</summary>
    QuantityIntended,

    /// <summary>A subscription's seats have been changed on their own.</summary>
    QuantitySettled,

    /// <summary>A step of a source's migration ended with an error; nothing that is resumed or undone depends on it.</summary>
    Stopped,

    /// <summary>The migration of a source has been taken back: what was written of it before no longer counts.</summary>
    Undone,
}
