using CspMigration.Core.Sessions;

namespace CspMigration.Core.Users;

/// <summary>How far a move has come, over all its customers.</summary>
internal sealed class LicenseMoveProgress
{
    public LicenseMoveProgress(MigrationOperation operation)
    {
        Read = HolderSearch.CountOf(operation);
        Moved = new ProgressCount(operation.Observer, ProgressCount.MovingLicenses);
    }

    /// <summary>Users whose licenses were read.</summary>
    public ProgressCount Read { get; }

    /// <summary>Users who were moved.</summary>
    public ProgressCount Moved { get; }
}
