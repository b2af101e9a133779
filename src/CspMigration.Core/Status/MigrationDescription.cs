using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Status;

/// <summary>A migration as the journal has it, in the objects that are written.</summary>
internal sealed class MigrationDescription
{
    private readonly SourceRecord _record;
    private readonly List<UserLicenseMove> _users;

    /// <param name="record">What the journal says of the source.</param>
    public MigrationDescription(SourceRecord record)
    {
        _record = record;
        _users = [.. record.Users.Select(user => user.Value.Listed).OfType<LicenseEntry>().Select(LicenseMoveRecord.Describe)];

        // Like users, the members of a group are listed with the first of the sources that they left; whose own move is known is not listed twice.
        var known = new HashSet<string>(_users.Select(user => user.UserId), StringComparer.OrdinalIgnoreCase);
        _users.AddRange(record.Groups.OfType<GroupSettled>().Where(group => group.Sources.FirstOrNull() is { } first && first.Is(record.Key))
            .SelectMany(LicenseMoveRecord.Describe).Where(member => known.Add(member.UserId)));
    }

    private string PartnerTenantId => _record.Owner?.PartnerTenantId ?? "";

    private bool IsRolledBack => _record.Undone is not null;

    private bool IsBought => _record.Settled is { Done: true };

    private bool HasMoved => _users.Count > 0 || _record.Groups.Any();

    private bool IsEnded => _record is { Ending.IsEnding: true, IsReopened: false };

    private bool IsConverted => IsBought && _record.Intended is { Method: JournalMethod.Conversion };

    public SubscriptionMigration Describe()
    {
        var source = Source();
        var target = Target(source);
        return AddProblem(new SubscriptionMigration
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = _record.CustomerId?.ToString() ?? "",
            CustomerName = _record.Found?.CustomerName,
            SourceSubscriptionId = _record.Key.ToString(),
            TargetSubscriptionId = target?.TargetSubscriptionId,
            State = State(),
            StartedOn = _record.StartedOn,
            FinishedOn = _record.Undone?.At ?? (IsEnded ? _record.Ending!.At : IsConverted ? _record.Settled!.At : null),
            HasTarget = IsBought || HasMoved,
            IsPurchaseInDoubt = _record.Intended is not null && _record.Settled is null,
            IsCancellationRefused = _record.Ending is { IsCancellationRefused: true },
            Source = source,
            Target = target,
            LicenseMove = Move(source, target),
            Suspension = Suspension(source),
        });
    }

    private MigrationState State()
    {
        return _record.Undone is not null ? MigrationState.RolledBack
            : IsEnded || IsConverted ? MigrationState.Completed
            : _record.Stopped is not null ? _record.Stopped.State ?? MigrationState.Failed
            : _record.Intended is not null && !IsBought ? MigrationState.Failed
            : IsBought && _record.Intended is { Method: JournalMethod.Renewal } ? MigrationState.Scheduled
            : IsBought || HasMoved ? MigrationState.Purchased
            : MigrationState.Discovered;
    }

    private SubscriptionMigration AddProblem(SubscriptionMigration migration)
    {
        if (_record.Stopped is { } stopped && !IsEnded)
        {
            return migration with { ErrorId = stopped.ErrorId, Error = stopped.Error, Remedy = RemedyRecord.Read(stopped.Remedy), ServiceWords = stopped.ServiceWords };
        }

        if (_record.Intended is null || IsBought)
        {
            return migration;
        }

        return migration.StoppedBy(_record.Settled is null
            ? PartnerCenterErrors.RequestTimeout.Exception($"A purchase of {_record.Intended.OfferName} was begun on {_record.Intended.At:u}, and its outcome is not known.")
            : PartnerCenterErrors.UnexpectedAnswer.Exception($"The service refused to sell {_record.Intended.OfferName} (code {_record.Settled.Reason})."));
    }

    private ExpiringSubscription? Source()
    {
        return _record.Found is null ? null : new ExpiringSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = _record.CustomerId?.ToString() ?? "",
            CustomerName = _record.Found.CustomerName,
            SubscriptionId = _record.Found.SubscriptionId?.ToString(),
            OfferId = _record.Found.OfferId?.ToString(),
            OfferName = _record.Found.OfferName,
            SkuId = _record.Found.SkuId?.ToString(),
            Quantity = _record.Found.Quantity ?? 0,
            BillingCycle = _record.Found.BillingCycle,
            TermDuration = _record.Found.TermDuration,
            ParentSubscriptionId = _record.Found.ParentSubscriptionId?.ToString(),
            CommitmentEndDate = _record.Found.CommitmentEndDate,
            Commerce = _record.Found.SubscriptionId is null ? CommerceKind.OtherChannel
                : _record.Found.OfferId is { IsNewCommerce: true } ? CommerceKind.NewCommerce
                : CommerceKind.Legacy,
            MigrationState = State(),
        };
    }

    private TargetSubscription? Target(ExpiringSubscription? source)
    {
        var (intended, settled) = _record.Undone is null ? (_record.Intended, _record.Settled) : _record.Returned;
        if (intended is null)
        {
            return null;
        }

        var effectiveOn = intended.Method == JournalMethod.Renewal ? Overlap.FirstMomentAfter(source?.CommitmentEndDate) : settled?.At;
        return new TargetSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = _record.CustomerId?.ToString() ?? "",
            CustomerName = _record.Found?.CustomerName,
            SourceSubscriptionId = _record.Key.ToString(),
            TargetSubscriptionId = (_record.Undone?.SubscriptionId ?? settled?.SubscriptionId ?? intended.SubscriptionId)?.ToString(),
            OfferId = intended.OfferId?.ToString(),
            OfferName = intended.OfferName,
            SkuId = intended.SkuId?.ToString(),
            SourceSkuId = source?.SkuId,
            Quantity = _record.Undone?.Quantity ?? intended.Quantity ?? 0,
            BillingCycle = intended.BillingCycle,
            TermDuration = intended.TermDuration,
            OrderId = settled?.OrderId?.ToString(),
            PartnerIdOnRecord = intended.PartnerIdOnRecord,
            Outcome = Outcome(intended),
            LicenseMoveNeeded = !intended.SkuId.Is(source?.Sku) && intended.Method != JournalMethod.Conversion,
            Remark = IsRolledBack && _record.TargetAction is { } done ? TargetAfterRollback.Words(done) : null,
            Method = intended.Method switch
            {
                JournalMethod.Transition => MigrationMethod.Transition,
                JournalMethod.Renewal => MigrationMethod.Renewal,
                _ => MigrationMethod.Purchase,
            },
            EffectiveOn = effectiveOn,
            OverlapDays = source?.OfferId is null || !IsBought || IsRolledBack ? null
                : Overlap.DaysOf(source, Outcome(intended), effectiveOn, IsEnded ? JournalStatuses.ToOutcome(_record.Ending!.Status) : null, IsEnded ? _record.Ending!.At : null),
            Commerce = intended.IsInPlace || intended.Method == JournalMethod.Cart ? CommerceKind.NewCommerce : CommerceKind.Legacy,
            Source = source,
        };
    }

    private TargetOutcome Outcome(PurchaseIntended intended)
    {
        var outcome = intended.Outcome;
        var isFirst = _record.Key.Is(intended.Sources.FirstOrNull());
        return isFirst || outcome is TargetOutcome.Reused or TargetOutcome.Converted ? outcome : TargetOutcome.Covered;
    }

    private LicenseMove? Move(ExpiringSubscription? source, TargetSubscription? target)
    {
        if (!HasMoved && !IsEnded)
        {
            return null;
        }

        // Who needs attention comes first: there are no names to sort by.
        var users = _users
            .OrderByDescending(NotMovedUsers.IsNotMoved)
            .ThenBy(user => user.UserId, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var left = users.Count(NotMovedUsers.IsNotMoved);
        return new LicenseMove
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = _record.CustomerId?.ToString() ?? "",
            CustomerName = _record.Found?.CustomerName,
            SourceSubscriptionId = _record.Key.ToString(),
            TargetSubscriptionId = target?.TargetSubscriptionId,
            SourceSkuId = source?.SkuId,
            TargetSkuId = target?.SkuId,
            Moved = users.Count(user => user.Outcome == UserMoveOutcome.Moved),
            AlreadyMoved = users.Count(user => user.Outcome == UserMoveOutcome.AlreadyMoved),
            Failed = left,
            Remaining = IsEnded ? 0 : left > 0 ? left : null,
            IsComplete = IsEnded,
            Users = users,
            Target = target,
        };
    }

    private SuspendedSubscription? Suspension(ExpiringSubscription? source)
    {
        var ending = IsEnded ? _record.Ending : _record.OtherEnding;
        if (JournalStatuses.ToOutcome(ending?.Status) is not { } outcome)
        {
            return null;
        }

        DateTimeOffset? suspendedOn = outcome == SuspensionOutcome.Suspended ? ending!.At : null;
        var ended = new SuspendedSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = _record.CustomerId?.ToString() ?? "",
            CustomerName = _record.Found?.CustomerName,
            SubscriptionId = _record.Key.ToString(),
            OfferName = source?.OfferName,
            Outcome = outcome,
            Reason = ending!.OtherReason?.ToString(),
        };
        return RetentionDates.AddTo(ended, suspendedOn, source?.CommitmentEndDate);
    }
}
