using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Journal;

/// <summary>What the journal says of one subscription, above all as the source of a migration. Not safe for several threads.</summary>
internal sealed class SourceRecord
{
    private readonly bool _keepsHistory;
    private readonly SharedLists _lists;
    private Dictionary<UserId, UserRecord>? _users;
    private Dictionary<GroupId, GroupEntry>? _groups;

    /// <param name="keepsHistory">Whether all users are kept; else only those whose move is not known to be done.</param>
    /// <param name="lists">Keeps lists that the users of all sources have alike.</param>
    public SourceRecord(bool keepsHistory, SharedLists lists)
    {
        _keepsHistory = keepsHistory;
        _lists = lists;
    }

    /// <summary>Whether a migration is known for it; else it is a subscription whose status was changed on its own.</summary>
    public bool IsSource => Owner is not null;

    /// <summary>Whose journal it is in; null while no migration is known for it.</summary>
    public JournalOwner? Owner { get; private set; }

    public CustomerId? CustomerId { get; private set; }

    /// <summary>The id of the subscription, or the directory SKU of another channel's units.</summary>
    public SourceKey Key { get; private set; }

    /// <summary>When its migration began; after a rollback, when the next one did.</summary>
    public DateTimeOffset StartedOn { get; private set; }

    public SourceFound? Found { get; private set; }

    /// <summary>The last purchase that was announced and is not rolled back.</summary>
    public PurchaseIntended? Intended { get; private set; }

    /// <summary>The outcome of that purchase; null while it is not known.</summary>
    public PurchaseSettled? Settled { get; private set; }

    /// <summary>The last purchase that was accepted and is not rolled back.</summary>
    public PurchaseSettled? Purchase { get; private set; }

    /// <summary>The last change of its status that was carried out and is not rolled back, for whatever reason.</summary>
    public StatusSettled? Status { get; private set; }

    /// <summary>The last change of its status that belongs to its migration.</summary>
    public StatusSettled? Ending { get; private set; }

    /// <summary>Whether it was about to be suspended or deleted for its migration, and what came of that is not known.</summary>
    public bool IsEndUnsettled { get; private set; }

    /// <summary>A later one that belongs to none: a customer who does not pay is not migrated by being suspended.</summary>
    public StatusSettled? OtherEnding { get; private set; }

    /// <summary>Whether a target was got after it was ended: its users are moved once more.</summary>
    public bool IsReopened { get; private set; }

    /// <summary>What it was to do at the end of its term before that was, or was to be, changed for its migration; null where it was not.</summary>
    public EndOfTermSetting? TermEndBefore { get; private set; }

    /// <summary>Why its migration stopped; null where it goes on.</summary>
    public Stopped? Stopped { get; private set; }

    /// <summary>The rollback of its migration; null where there is none, or another migration has begun since.</summary>
    public Undone? Undone { get; private set; }

    /// <summary>Whether its migration was rolled back, and no target was got since.</summary>
    public bool IsUndone { get; private set; }

    /// <summary>What a rollback did with the target.</summary>
    public RollbackAction? TargetAction { get; private set; }

    /// <summary>The purchase that was rolled back.</summary>
    public (PurchaseIntended? Intended, PurchaseSettled? Settled) Returned { get; private set; }

    /// <summary>The users, by id.</summary>
    public IEnumerable<KeyValuePair<UserId, UserRecord>> Users => _users ?? Enumerable.Empty<KeyValuePair<UserId, UserRecord>>();

    /// <summary>The groups whose licenses were exchanged, or were to be and that was not refused: for each, the last line about it.</summary>
    public IEnumerable<GroupEntry> Groups => _groups?.Values ?? Enumerable.Empty<GroupEntry>();

    /// <summary>A user; null where the journal has none of that id.</summary>
    public UserRecord? User(UserId userId) => _users is not null && _users.TryGetValue(userId, out var user) ? user : null;

    /// <summary>Makes it a source, from the first line on that is about its migration.</summary>
    public void Begin(JournalOwner owner, CustomerId? customerId, SourceKey key, DateTimeOffset at)
    {
        (Owner, CustomerId, Key, StartedOn) = (owner, customerId, key, at);
    }

    /// <summary>Adds a line about its status.</summary>
    public void Add(StatusEntry entry)
    {
        IsEndUnsettled = entry is StatusIntended { Change: SuspensionChange.Suspend or SuspensionChange.Delete, OtherReason: null };
        switch (entry)
        {
            // The first is what stood there before the migration; one of 0.1.0 says only that it renewed.
            case StatusIntended { Change: SuspensionChange.AutoRenewOff or SuspensionChange.EndWithTerm } intended:
                TermEndBefore ??= intended.TermEndBefore?.ToSetting() ?? EndOfTermSetting.Renew;
                break;
            case StatusSettled { Done: true } settled:
                // Made active again, it does again what it did before, or what was chosen then.
                TermEndBefore = settled.Status == JournalStatus.Active ? null : TermEndBefore;
                Status = settled;
                AddEnding(settled);
                break;

            // Nothing was sent: what stands there when it is tried again is what stood there before.
            case StatusSettled when Status is not { IsLeftToExpire: true } && Purchase is not { Method: JournalMethod.Renewal }:
                TermEndBefore = null;
                break;
        }
    }

    /// <summary>Adds a line about its migration.</summary>
    public void Add(MigrationEntry entry)
    {
        switch (entry)
        {
            case SourceFound found:
                Restart(entry.At);
                Found = found;
                break;
            case PurchaseIntended intended:
                Restart(entry.At);
                (Intended, Settled, Stopped) = (intended, null, null);
                TermEndBefore ??= intended.TermEndBefore?.ToSetting();
                break;
            case PurchaseSettled settled:
                Settle(settled);
                break;
            case Stopped stopped:
                Stopped = stopped;
                break;
            case LicenseEntry { UserId: { } userId } license:
                Add(license, userId);
                break;
            case GroupEntry { GroupId: { } groupId } group:
                Add(group, groupId);
                break;
            case Undone undone:
                Undo(undone);
                break;
        }
    }

    // A status that a rollback or a reactivation has set since ends nothing; nor does one from before another target was got.
    private void AddEnding(StatusSettled settled)
    {
        if (settled.OtherReason is not null)
        {
            OtherEnding = IsSource ? settled : null;
            return;
        }

        (Ending, OtherEnding, IsReopened) = (IsSource ? settled : null, null, false);
    }

    private void Restart(DateTimeOffset at)
    {
        if (Undone is not null)
        {
            (Undone, Returned, TargetAction, StartedOn) = (null, default, null, at);
        }
    }

    private void Settle(PurchaseSettled settled)
    {
        Settled = settled;
        if (settled.RequestId is null)
        {
            return;
        }

        if (settled.Done)
        {
            Purchase = settled;
            IsUndone = false;
            IsReopened |= settled.HasGotTarget;
        }
        else
        {
            // Nothing is scheduled by it: what stands there at the next try is what stood there before.
            TermEndBefore = settled.Method == JournalMethod.Renewal && Status is not { IsLeftToExpire: true } ? null : TermEndBefore;
            Purchase = Purchase?.RequestId == settled.RequestId ? null : Purchase;
        }
    }

    private void Undo(Undone undone)
    {
        // A second rollback finds nothing to do: what the first did with the target stands.
        TargetAction = undone.Action is null or RollbackAction.LeftAlone ? TargetAction ?? undone.Action : undone.Action;
        Returned = (Intended ?? Returned.Intended, Settled ?? Returned.Settled);
        (Undone, IsUndone, TermEndBefore) = (undone, true, null);
        (Intended, Settled, Purchase, Stopped) = (null, null, null, null);
        (Status, Ending, OtherEnding, IsEndUnsettled) = (null, null, null, false);
        (_users, _groups) = (null, null);
    }

    // What is refused, or is back, leaves nothing to take back; whether what was sent was carried out, the group shows.
    private void Add(GroupEntry entry, GroupId groupId)
    {
        _groups ??= [];
        switch (entry)
        {
            case { IsBack: false } and (GroupIntended or GroupSettled { Done: true }):
                // Whoever was moved is no more of interest than users who were; an open exchange is finished for those it names.
                Stopped = null;
                _groups[groupId] = _keepsHistory || entry is GroupIntended ? entry : entry with { UserIds = null };
                break;
            case { IsBack: false } when _groups.TryGetValue(groupId, out var sent) && sent is GroupIntended:
            case { IsBack: true } and GroupSettled { Done: true }:
                _ = _groups.Remove(groupId);
                break;
        }
    }

    private void Add(LicenseEntry entry, UserId userId)
    {
        var isListed = entry.Sources[0].Is(Key);
        if (entry is LicenseSettled { IsBack: true, Done: true })
        {
            _ = _users?.Remove(userId);
            return;
        }

        Stopped = isListed && !entry.IsBack ? null : Stopped;
        var isOver = entry.IsBack || entry is LicenseSettled { Done: true };
        if (User(userId) is not { } user)
        {
            if (entry.IsBack || (isOver && !_keepsHistory))
            {
                return;
            }

            _users ??= [];
            _users.Add(userId, user = new UserRecord());
        }

        if (isOver && !_keepsHistory)
        {
            _ = _users!.Remove(userId);
            return;
        }

        user.Add(_keepsHistory ? Compact(entry) : entry, isListed);
    }

    // There is one for every user of a run, and most of it is alike.
    private LicenseEntry Compact(LicenseEntry entry)
    {
        return entry with
        {
            CustomerId = CustomerId,
            Sources = _lists.Share(entry.Sources),
            FromSkuIds = _lists.Share(entry.FromSkuIds),
            ToSkuIds = _lists.Share(entry.ToSkuIds),
            SwitchedOffPlans = entry.SwitchedOffPlans is null ? null : _lists.Share(entry.SwitchedOffPlans),
        };
    }
}
