using System;
using CspMigration.Contracts;

namespace CspMigration.Core.Journal.Entries;

/// <summary>The journal's words for what becomes of subscriptions.</summary>
internal static class JournalStatuses
{
    /// <summary>The word for how a source ends.</summary>
    public static JournalStatus Of(SuspensionOutcome outcome) => outcome switch
    {
        SuspensionOutcome.Suspended => JournalStatus.Suspended,
        SuspensionOutcome.AlreadySuspended => JournalStatus.AlreadySuspended,
        SuspensionOutcome.AutoRenewOff => JournalStatus.AutoRenewOff,
        SuspensionOutcome.Cancelled => JournalStatus.Cancelled,
        SuspensionOutcome.LeftToTermEnd => JournalStatus.LeftToTermEnd,
        SuspensionOutcome.LeftToOtherChannel => JournalStatus.LeftToOtherChannel,
        SuspensionOutcome.Kept => JournalStatus.Kept,
        SuspensionOutcome.AlreadyEnded => JournalStatus.AlreadyEnded,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };

    /// <summary>The word for what a rollback does with a target.</summary>
    public static JournalStatus Of(RollbackAction action) => action switch
    {
        RollbackAction.LeftAlone => JournalStatus.LeftAlone,
        RollbackAction.Suspended => JournalStatus.Suspended,
        RollbackAction.Deleted => JournalStatus.Deleted,
        RollbackAction.AutoRenewOff => JournalStatus.AutoRenewOff,
        RollbackAction.Resized => JournalStatus.Resized,
        RollbackAction.ResizedAtRenewal => JournalStatus.ResizedAtRenewal,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, message: null),
    };

    /// <summary>How a source ended; null where the word is not about a source.</summary>
    public static SuspensionOutcome? ToOutcome(JournalStatus? status) => status switch
    {
        JournalStatus.Suspended => SuspensionOutcome.Suspended,
        JournalStatus.AlreadySuspended => SuspensionOutcome.AlreadySuspended,
        JournalStatus.AutoRenewOff => SuspensionOutcome.AutoRenewOff,
        JournalStatus.Cancelled => SuspensionOutcome.Cancelled,
        JournalStatus.LeftToTermEnd => SuspensionOutcome.LeftToTermEnd,
        JournalStatus.LeftToOtherChannel => SuspensionOutcome.LeftToOtherChannel,
        JournalStatus.Kept => SuspensionOutcome.Kept,
        JournalStatus.AlreadyEnded => SuspensionOutcome.AlreadyEnded,
        _ => null,
    };
}
