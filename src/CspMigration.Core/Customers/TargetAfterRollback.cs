using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>What became of the target of a migration that is rolled back.</summary>
internal sealed class TargetAfterRollback
{
    private readonly DateTimeOffset _at;
    private readonly SourceKey _source;
    private readonly Subscription? _target;
    private readonly TargetOutcome _outcome;
    private readonly RollbackAction _return;
    private readonly int? _formerQuantity;
    private readonly IReadOnlyList<TargetRollback> _all;

    /// <param name="at">When it is given back.</param>
    /// <param name="source">The source's id.</param>
    /// <param name="outcome">What was done to get the target.</param>
    /// <param name="main">What is done with it; null where it is not there.</param>
    /// <param name="all">The same, and what is done with what else was got.</param>
    public TargetAfterRollback(DateTimeOffset at, SourceKey source, TargetOutcome outcome, TargetRollback? main, IReadOnlyList<TargetRollback> all)
    {
        _at = at;
        _source = source;
        _target = main?.Target;
        _outcome = outcome;
        _return = main?.Return ?? RollbackAction.LeftAlone;
        _formerQuantity = main?.FormerQuantity;
        _all = all;
    }

    /// <summary>In words, what became of a target.</summary>
    public static string Words(RollbackAction targetReturn) => targetReturn switch
    {
        RollbackAction.Suspended => "Suspended by the undo.",
        RollbackAction.Deleted => "Canceled and deleted by the undo.",
        RollbackAction.AutoRenewOff => "Auto-renew turned off by the undo: it is billed until its term ends.",
        RollbackAction.EndsWithTerm => "Canceled at the end of its term by the undo: it is billed until then.",
        RollbackAction.Resized => "Its former number of seats restored by the undo.",
        RollbackAction.ResizedAtRenewal => "It has its former number of seats again when it renews.",
        _ => "Left as it is by the undo.",
    };

    /// <summary>The migration, with the target and what was done with it.</summary>
    public SubscriptionMigration AddTo(SubscriptionMigration migration)
    {
        return _target is null ? migration : migration with { TargetSubscriptionId = _target.Id.ToString(), Target = Describe(migration, _target), Suspension = Ending(migration, _target) };
    }

    private TargetSubscription Describe(SubscriptionMigration migration, Subscription target)
    {
        return new TargetSubscription
        {
            PartnerTenantId = migration.PartnerTenantId,
            CustomerId = migration.CustomerId,
            CustomerName = migration.CustomerName,
            SourceSubscriptionId = _source.ToString(),
            TargetSubscriptionId = target.Id.ToString(),
            OfferId = target.OfferId?.ToString(),
            OfferName = target.OfferName,
            Quantity = migration.IsPlanned && _return == RollbackAction.Resized ? _formerQuantity ?? target.Quantity : target.Quantity,
            BillingCycle = target.BillingCycle,
            TermDuration = target.TermDuration,
            FriendlyName = target.FriendlyName,
            Status = Status(target),
            OrderId = target.OrderId?.ToString(),
            PartnerIdOnRecord = target.PartnerId,
            Outcome = _outcome,
            IsPlanned = migration.IsPlanned,
            Commerce = target.Commerce,
            Remark = _return == RollbackAction.ResizedAtRenewal
                ? string.Format(CultureInfo.CurrentCulture, "It has {0}, and {1} again when it renews.", Enumeration.Count(target.Quantity, "seat"), _formerQuantity)
                : Words(_return) + OthersText(),
            Source = migration.Source,
        };
    }

    private string OthersText()
    {
        return string.Concat(_all.Where(rollback => rollback.NeedsWrite && !rollback.Target.Id.Is(_target?.Id)).Select(rollback => $" {rollback.Target.OfferName} ({rollback.Target.Id}): {Words(rollback.Return)}"));
    }

    private string Status(Subscription target)
    {
        return _return == RollbackAction.Suspended ? "suspended"
            : _return == RollbackAction.Deleted ? "deleted"
            : target.Status;
    }

    // Null where it goes on.
    private SuspendedSubscription? Ending(SubscriptionMigration migration, Subscription target)
    {
        SuspensionOutcome? outcome = _return switch
        {
            RollbackAction.Suspended => SuspensionOutcome.Suspended,
            RollbackAction.Deleted => SuspensionOutcome.Cancelled,
            RollbackAction.AutoRenewOff => SuspensionOutcome.AutoRenewOff,
            RollbackAction.EndsWithTerm => SuspensionOutcome.EndsWithTerm,
            _ => null,
        };
        if (outcome is not { } way)
        {
            return null;
        }

        DateTimeOffset? suspendedOn = way == SuspensionOutcome.Suspended ? _at : null;
        var ended = new SuspendedSubscription
        {
            PartnerTenantId = migration.PartnerTenantId,
            CustomerId = migration.CustomerId,
            CustomerName = migration.CustomerName,
            SubscriptionId = target.Id.ToString(),
            OfferName = target.OfferName,
            Status = Status(target),
            Outcome = way,
            IsPlanned = migration.IsPlanned,
            Reason = Words(_return),
        };
        return RetentionDates.AddTo(ended, suspendedOn, target.CommitmentEnd);
    }
}
