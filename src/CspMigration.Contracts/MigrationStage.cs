namespace CspMigration.Contracts;

/// <summary>A step of a migration after which a run may stop.</summary>
public enum MigrationStage
{
    /// <summary>The targets are bought.</summary>
    Purchase,

    /// <summary>The users' licenses are moved.</summary>
    Licenses,
}
