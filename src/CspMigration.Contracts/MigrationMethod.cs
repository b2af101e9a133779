namespace CspMigration.Contracts;

/// <summary>How a source of new commerce gets its target.</summary>
public enum MigrationMethod
{
    /// <summary>The target is bought beside the source, users are moved, the source ends.</summary>
    Purchase,

    /// <summary>The service upgrades the source in place, at once, and moves the licenses. There is no way back.</summary>
    Transition,

    /// <summary>The source becomes the target when its term renews.</summary>
    Renewal,

    /// <summary>Transition where the service does it for all seats and moves the licenses; else Purchase.</summary>
    Auto,
}
