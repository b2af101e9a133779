namespace CspMigration.Contracts;

/// <summary>How far the migration of one source subscription has come.</summary>
public enum MigrationState
{
    /// <summary>Found; nothing has been bought for it.</summary>
    Discovered,

    /// <summary>A check forbids going on; nothing has been bought.</summary>
    Blocked,

    /// <summary>The target is bought; licenses are still on the source.</summary>
    Purchased,

    /// <summary>Every license to move is on the target; the source still runs.</summary>
    LicensesMoved,

    /// <summary>The source is suspended, or left to expire on purpose.</summary>
    Completed,

    /// <summary>The migration was undone.</summary>
    RolledBack,

    /// <summary>A step failed; the error tells which and why. Running the same command again resumes.</summary>
    Failed,

    /// <summary>The source becomes the target when its term renews; until then nothing is left to do.</summary>
    Scheduled,
}
