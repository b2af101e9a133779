using CspMigration.Contracts;

namespace CspMigration.Core.Users;

/// <summary>How a user's move away from one pool ended, or in a plan will end.</summary>
/// <param name="TargetSkuId">The directory SKU the user goes to; null where a plan does not know it.</param>
/// <param name="Outcome">How it ended. <see cref="UserMoveOutcome.Skipped"/>: the user holds the old license no longer.</param>
/// <param name="Reason">Why, where the user was not moved.</param>
/// <param name="Transfer">What became of switched-off service plans.</param>
internal sealed record MoveResult(SkuId? TargetSkuId, UserMoveOutcome Outcome, string? Reason, ServicePlanTransfer Transfer)
{
    /// <summary>Whether there was no seat of this target: then trying others is no use. A user who leaves several pools may have lacked one of another.</summary>
    public bool IsSeatMissing { get; init; }

    /// <summary>Whether the user depends on the sources no longer.</summary>
    public bool IsOffSource => Outcome is UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved or UserMoveOutcome.Skipped or UserMoveOutcome.UserDeleted;
}
