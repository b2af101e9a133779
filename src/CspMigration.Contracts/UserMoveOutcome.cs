namespace CspMigration.Contracts;

/// <summary>What happened, or in a plan will happen, to one user's license.</summary>
public enum UserMoveOutcome
{
    /// <summary>The old license was cleared and the new one set in one update.</summary>
    Moved,

    /// <summary>The user already had the new license and not the source.</summary>
    AlreadyMoved,

    /// <summary>Not asked for (<c>-User</c>), or the pool keeps enough units for this user.</summary>
    Skipped,

    /// <summary>The user has no usage location; the service refuses a license without one.</summary>
    NoUsageLocation,

    /// <summary>The old license comes from a group and cannot be taken from the user alone.</summary>
    GroupHeld,

    /// <summary>The target has no free seat left.</summary>
    NoFreeSeat,

    /// <summary>A service plan of the new license conflicts with one the user has from another.</summary>
    ConflictingPlans,

    /// <summary>The user has been deleted.</summary>
    UserDeleted,

    /// <summary>The service refused for another reason, given in <see cref="UserLicenseMove.Reason"/>.</summary>
    Failed,
}
