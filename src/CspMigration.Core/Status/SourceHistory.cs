using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Status;

/// <summary>What the journal says of one source, from the first entry about it, or from the last time it was taken back.</summary>
internal sealed class SourceHistory
{
    // Described as they come: an entry takes many times as much, and there is one for every user of a run.
    private readonly Dictionary<string, UserLicenseMove> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly JournalOwner _owner;
    private readonly string _key;
    private readonly SharedLists _lists;
    private JournalEntry? _found;
    private JournalEntry? _intended;
    private JournalEntry? _settled;
    private JournalEntry? _ending;
    private JournalEntry? _otherEnding;
    private JournalEntry? _stopped;
    private JournalEntry? _undone;
    private string? _targetReturn;
    private (JournalEntry? Intended, JournalEntry? Settled) _returned;
    private bool _isReopened;
    private DateTimeOffset _startedOn;

    /// <param name="owner">Whose journal it is.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="key">What the journal knows the source by.</param>
    /// <param name="lists">Keeps lists that the users of all sources have alike.</param>
    public SourceHistory(JournalOwner owner, string customerId, string key, SharedLists lists)
    {
        _owner = owner;
        CustomerId = customerId;
        _key = key;
        _lists = lists;
    }

    private string PartnerTenantId => _owner.PartnerTenantId;

    private string CustomerId { get; }

    private bool IsBought => _settled is { Done: true };

    // A status that an undo or a resumption has set since ends nothing; nor does one from before another target was got.
    private bool IsEnded => _ending?.Status is not (null or "Active") && !_isReopened;

    private bool IsConverted => IsBought && _intended is { Way: nameof(PurchaseWay.Conversion) };

    public void Add(JournalEntry entry)
    {
        if (_startedOn == default)
        {
            _startedOn = entry.At;
        }

        switch (entry.Kind)
        {
            case JournalEntryKind.SourceFound:
                Restart(entry.At);
                _found = entry;
                break;
            case JournalEntryKind.PurchaseIntended:
                Restart(entry.At);
                (_intended, _settled, _stopped) = (entry, null, null);
                break;
            case JournalEntryKind.PurchaseSettled:
                _settled = entry;
                _isReopened |= _ending is not null && entry.HasGotTarget();
                break;
            case JournalEntryKind.Stopped:
                _stopped = entry;
                break;
            case JournalEntryKind.LicenseIntended or JournalEntryKind.LicenseSettled when entry is { Way: null, UserId: { } userId } && IsListedHere(entry):
                var move = JournalledMove.Describe(entry);
                _users[userId] = move with { SwitchedOffPlans = _lists.Share(move.SwitchedOffPlans) };
                _stopped = null;
                break;
            case JournalEntryKind.LicenseSettled when entry is { Way: JournalEntry.Back, Done: true, UserId: { } userId }:
                _ = _users.Remove(userId);
                break;
            // Who does not pay is not migrated by being suspended, nor was not migrated before.
            case JournalEntryKind.StatusSettled when entry is { Done: true, Reason: not null }:
                _otherEnding = entry;
                break;
            case JournalEntryKind.StatusSettled when entry.Done == true:
                (_ending, _otherEnding, _isReopened) = (entry, null, false);
                break;
            case JournalEntryKind.Undone:
                _undone = entry;
                // A second time finds nothing to do: what the first did with it stands.
                _targetReturn = entry.Status is null or nameof(TargetReturn.LeftAlone) ? _targetReturn ?? entry.Status : entry.Status;
                _returned = (_intended ?? _returned.Intended, _settled ?? _returned.Settled);
                _users.Clear();
                (_intended, _settled, _ending, _otherEnding, _stopped) = (null, null, null, null, null);
                break;
        }
    }

    public SubscriptionMigration Describe()
    {
        var (errorId, error) = Problem();
        var source = Source();
        var target = Target(source);
        return new SubscriptionMigration
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = CustomerId,
            CustomerName = _found?.CustomerName,
            SourceSubscriptionId = _key,
            TargetSubscriptionId = target?.TargetSubscriptionId,
            State = State(),
            StartedOn = _startedOn,
            FinishedOn = _undone?.At ?? (IsEnded ? _ending!.At : IsConverted ? _settled!.At : null),
            ErrorId = errorId,
            Error = error,
            HasSuccessor = IsBought || _users.Count > 0,
            IsPurchaseInDoubt = _intended is not null && _settled is null,
            Source = source,
            Target = target,
            LicenseMove = Move(source, target),
            Suspension = Suspension(source),
        };
    }

    // The users of sources that are moved as one are listed with the first of them.
    private bool IsListedHere(JournalEntry entry) => ServiceIds.Same(entry.Sources?.FirstOrDefault(), _key);

    private void Restart(DateTimeOffset at)
    {
        if (_undone is not null)
        {
            _undone = null;
            (_returned, _targetReturn) = (default, null);
            _startedOn = at;
        }
    }

    private MigrationState State()
    {
        return _undone is not null ? MigrationState.RolledBack
            : IsEnded || IsConverted ? MigrationState.Completed
            : _stopped is not null ? StateWhenStopped(_stopped)
            : _intended is not null && !IsBought ? MigrationState.Failed
            : IsBought && _intended is { Way: nameof(PurchaseWay.Renewal) } ? MigrationState.Scheduled
            : IsBought || _users.Count > 0 ? MigrationState.Purchased
            : MigrationState.Discovered;
    }

    private static MigrationState StateWhenStopped(JournalEntry stopped)
    {
        return Enum.TryParse<MigrationState>(stopped.Status, out var state) ? state : MigrationState.Failed;
    }

    private (string? ErrorId, string? Error) Problem()
    {
        if (_stopped is not null && !IsEnded)
        {
            return (_stopped.Reason, _stopped.Error);
        }

        if (_intended is null || IsBought)
        {
            return default;
        }

        var failure = _settled is null
            ? PartnerCenterErrors.RequestTimeout.Exception($"A purchase of {_intended.OfferName} was begun on {_intended.At:u}, and its outcome is not known.")
            : PartnerCenterErrors.UnexpectedAnswer.Exception($"The service refused to sell {_intended.OfferName} (code {_settled.Reason}).");
        return (failure.ErrorId, failure.ProblemAndAction);
    }

    private ExpiringSubscription? Source()
    {
        return _found is null ? null : new ExpiringSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = CustomerId,
            CustomerName = _found.CustomerName,
            SubscriptionId = _found.SubscriptionId,
            OfferId = _found.OfferId,
            OfferName = _found.OfferName,
            SkuId = _found.SkuId,
            Quantity = _found.Quantity ?? 0,
            BillingCycle = _found.BillingCycle,
            TermDuration = _found.TermDuration,
            ParentSubscriptionId = _found.ParentSubscriptionId,
            CommitmentEndDate = _found.CommitmentEndDate,
            MigrationState = State(),
        };
    }

    private TargetSubscription? Target(ExpiringSubscription? source)
    {
        var (intended, settled) = _undone is null ? (_intended, _settled) : _returned;
        return intended is null ? null : new TargetSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = CustomerId,
            CustomerName = _found?.CustomerName,
            SourceSubscriptionId = _key,
            TargetSubscriptionId = _undone?.SubscriptionId ?? settled?.SubscriptionId ?? intended.SubscriptionId,
            OfferId = intended.OfferId,
            OfferName = intended.OfferName,
            SkuId = intended.SkuId,
            SourceSkuId = source?.SkuId,
            Quantity = _undone?.Quantity ?? intended.Quantity ?? 0,
            BillingCycle = intended.BillingCycle,
            TermDuration = intended.TermDuration,
            OrderId = settled?.OrderId,
            PartnerIdOnRecord = intended.PartnerIdOnRecord,
            Outcome = Outcome(intended),
            LicenseMoveNeeded = !ServiceIds.Same(source?.SkuId, intended.SkuId) && intended.Way != nameof(PurchaseWay.Conversion),
            Remark = _undone is not null && Enum.TryParse<TargetReturn>(_targetReturn, out var done) ? ReturnedTarget.Words(done) : null,
            Method = intended.Way switch
            {
                nameof(PurchaseWay.Transition) => MigrationMethod.Transition,
                nameof(PurchaseWay.Renewal) => MigrationMethod.Renewal,
                _ => MigrationMethod.Purchase,
            },
            EffectiveOn = intended.Way == nameof(PurchaseWay.Renewal) ? Overlap.FirstMomentAfter(source?.CommitmentEndDate) : settled?.At,
            Commerce = intended.Way is nameof(PurchaseWay.Cart) or nameof(PurchaseWay.Transition) or nameof(PurchaseWay.Renewal) ? CommerceKind.NewCommerce : CommerceKind.Legacy,
            Source = source,
        };
    }

    private TargetOutcome Outcome(JournalEntry intended)
    {
        var outcome = intended.Way switch
        {
            nameof(PurchaseWay.None) => TargetOutcome.Reused,
            nameof(PurchaseWay.Reactivation) => TargetOutcome.Reactivated,
            nameof(PurchaseWay.Resize) => TargetOutcome.Resized,
            nameof(PurchaseWay.Conversion) => TargetOutcome.Converted,
            nameof(PurchaseWay.Transition) => TargetOutcome.Transitioned,
            nameof(PurchaseWay.Renewal) => TargetOutcome.Scheduled,
            _ => TargetOutcome.Purchased,
        };
        var isFirst = ServiceIds.Same(intended.Sources?.FirstOrDefault(), _key);
        return isFirst || outcome is TargetOutcome.Reused or TargetOutcome.Converted ? outcome : TargetOutcome.Covered;
    }

    private LicenseMove? Move(ExpiringSubscription? source, TargetSubscription? target)
    {
        if (_users.Count == 0 && !IsEnded)
        {
            return null;
        }

        // Who needs attention comes first: there are no names to sort by.
        var users = _users.Values
            .OrderByDescending(NotMovedUsers.IsNotMoved)
            .ThenBy(user => user.UserId, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var left = users.Count(NotMovedUsers.IsNotMoved);
        return new LicenseMove
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = CustomerId,
            CustomerName = _found?.CustomerName,
            SourceSubscriptionId = _key,
            TargetSubscriptionId = target?.TargetSubscriptionId,
            SourceSkuId = source?.SkuId,
            TargetSkuId = target?.SkuId,
            Moved = users.Count(user => user.Outcome == UserMoveOutcome.Moved),
            AlreadyMoved = users.Count(user => user.Outcome == UserMoveOutcome.AlreadyMoved),
            Failed = left,
            Remaining = IsEnded ? 0 : left,
            IsComplete = IsEnded,
            Users = users,
            Target = target,
        };
    }

    private SuspendedSubscription? Suspension(ExpiringSubscription? source)
    {
        var ending = IsEnded ? _ending : _otherEnding;
        if (!Enum.TryParse<SuspensionOutcome>(ending?.Status, out var outcome))
        {
            return null;
        }

        DateTimeOffset? suspendedOn = outcome == SuspensionOutcome.Suspended ? ending!.At : null;
        var ended = new SuspendedSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = CustomerId,
            CustomerName = _found?.CustomerName,
            SubscriptionId = _key,
            OfferName = source?.OfferName,
            Outcome = outcome,
            Reason = ending!.Reason,
        };
        return RetentionDates.AddTo(ended, suspendedOn, source?.CommitmentEndDate);
    }
}
