using System;
using System.Collections.Generic;
using System.Globalization;
using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting.Html;

/// <summary>What the page says, in its language.</summary>
internal sealed class Words
{
    public const string None = "–";

    private readonly TextTable _texts;

    public Words(ReportLanguage language)
    {
        InGeneral = new LanguageWords(language);
        _texts = TextTable.Report(language);
    }

    /// <summary>How the language writes what is not of the page alone.</summary>
    public LanguageWords InGeneral { get; }

    public string this[ReportText text] => _texts[text.ToString()];

    public string Format(ReportText text, params object?[] arguments) => string.Format(CultureInfo.InvariantCulture, this[text], arguments);

    public string Number(long number) => InGeneral.Number(number);

    public string NumberOrNone(long? number) => number is { } known ? Number(known) : None;

    public string Date(DateTimeOffset date) => Date(date.UtcDateTime);

    public string Date(DateTime date) => InGeneral.Date(date);

    public string DateOrNone(DateTimeOffset? date) => date is { } day ? Date(day) : None;

    public string List(IEnumerable<string> items) => InGeneral.List(items);

    public string Customers(int number) => Count(number, ReportText.CustomerOne, ReportText.CustomerMany);

    public string Subscriptions(int number) => Count(number, ReportText.SubscriptionOne, ReportText.SubscriptionMany);

    public string Seats(int number) => Count(number, ReportText.SeatOne, ReportText.SeatMany);

    public string Users(int number) => Count(number, ReportText.UserOne, ReportText.UserMany);

    public string Deadlines(int number) => Count(number, ReportText.DeadlineOne, ReportText.DeadlineMany);

    public string Outcome(UserMoveOutcome outcome)
    {
        return this[outcome switch
        {
            UserMoveOutcome.Skipped => ReportText.UserSkipped,
            UserMoveOutcome.NoUsageLocation => ReportText.UserNoUsageLocation,
            UserMoveOutcome.GroupHeld => ReportText.UserGroupHeld,
            UserMoveOutcome.NoFreeSeat => ReportText.UserNoFreeSeat,
            UserMoveOutcome.ConflictingPlans => ReportText.UserConflictingPlans,
            UserMoveOutcome.UserDeleted => ReportText.UserDeleted,
            _ => ReportText.UserRefused,
        }];
    }

    public string State(MigrationState state, bool isPlan)
    {
        return this[state switch
        {
            MigrationState.Discovered => ReportText.StateDiscovered,
            MigrationState.Blocked => ReportText.StateBlocked,
            MigrationState.Purchased => ReportText.StatePurchased,
            MigrationState.LicensesMoved => ReportText.StateLicensesMoved,
            MigrationState.Completed => isPlan ? ReportText.StateCanBeMigrated : ReportText.StateCompleted,
            MigrationState.RolledBack => ReportText.StateRolledBack,
            MigrationState.Scheduled => ReportText.StateScheduled,
            _ => ReportText.StateFailed,
        }];
    }

    /// <summary>How a target is obtained.</summary>
    public string Method(TargetSubscription target)
    {
        return this[(target.Method, target.Outcome) switch
        {
            (MigrationMethod.Transition, _) => ReportText.MethodTransition,
            (MigrationMethod.Renewal, _) => ReportText.MethodRenewal,
            (_, TargetOutcome.Reused) => ReportText.MethodReuse,
            (_, TargetOutcome.Resized) => ReportText.MethodResize,
            (_, TargetOutcome.Reactivated) => ReportText.MethodReactivation,
            (_, TargetOutcome.Converted) => ReportText.MethodConversion,
            (_, TargetOutcome.Covered) => ReportText.MethodCovered,
            _ => ReportText.MethodPurchase,
        }];
    }

    /// <summary>What happens to a source when its term ends.</summary>
    public string End(EndOfTerm end)
    {
        return this[end switch
        {
            EndOfTerm.Renews => ReportText.EndRenews,
            EndOfTerm.RenewsIntoAnother => ReportText.EndRenewsIntoAnother,
            EndOfTerm.RenewsIntoRetired => ReportText.EndRenewsIntoRetired,
            EndOfTerm.Ends => ReportText.EndEnds,
            EndOfTerm.Extends => ReportText.EndExtends,
            _ => ReportText.EndUnknown,
        }];
    }

    /// <summary>What the last step has done, or will do, with a source.</summary>
    public string End(SuspensionOutcome outcome)
    {
        return this[outcome switch
        {
            SuspensionOutcome.Suspended or SuspensionOutcome.AlreadySuspended => ReportText.SourceSuspended,
            SuspensionOutcome.AutoRenewOff => ReportText.SourceAutoRenewOff,
            SuspensionOutcome.Cancelled => ReportText.SourceCanceled,
            SuspensionOutcome.LeftToTermEnd => ReportText.SourceLeftToTermEnd,
            SuspensionOutcome.LeftToOtherChannel => ReportText.SourceLeftToOtherChannel,
            SuspensionOutcome.Kept => ReportText.SourceKept,
            SuspensionOutcome.AlreadyEnded => ReportText.SourceEndedBefore,
            _ => ReportText.SourceEndsWithTerm,
        }];
    }

    private string Count(int number, ReportText one, ReportText many) => Format(InGeneral.IsSingular(number) ? one : many, Number(number));
}
