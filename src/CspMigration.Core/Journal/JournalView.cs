using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Journal;

/// <summary>What the journal's entries add up to: the one place where they are read as a history. Safe to read while entries are added.</summary>
internal sealed class JournalView
{
    private readonly object _gate = new();
    private readonly bool _keepsHistory;
    private readonly SharedLists _lists = new();
    private readonly Dictionary<JournalKey, SourceRecord> _records = [];
    private readonly List<SourceRecord> _sources = [];
    private readonly SourcesByTarget _sourcesByTarget = new();
    private readonly OpenPurchases _openPurchases = new();
    private readonly Dictionary<JournalKey, List<PurchaseSettled>> _newPurchases = [];
    private readonly Dictionary<JournalKey, (int Users, DateTimeOffset LastOn)> _movedTo = [];
    private readonly Dictionary<JournalKey, (int Users, DateTimeOffset LastOn)> _returnedTo = [];
    private readonly Dictionary<JournalKey, List<PurchaseSettled>> _acquisitions = [];
    private readonly Dictionary<JournalKey, List<PurchaseSettled>> _addOns = [];
    private readonly Dictionary<JournalKey, EndOfTermSetting> _termEnds = [];
    private readonly JournalOwner _owner = new();

    /// <param name="keepsHistory">
    /// Whether it keeps every user who was moved, for whoever reports or rolls back. A command that goes on with a large run keeps
    /// only those whose move is not known to be done: the others would fill the memory.
    /// </param>
    public JournalView(bool keepsHistory = false) => _keepsHistory = keepsHistory;

    /// <summary>The partner the journal belongs to; null while no process has written.</summary>
    public string? PartnerTenantId { get; private set; }

    /// <summary>The process that wrote last.</summary>
    public string? LastWriter { get; private set; }

    /// <summary>All sources, in the order in which their migrations began.</summary>
    public IReadOnlyList<SourceRecord> Sources
    {
        get
        {
            lock (_gate)
            {
                return [.. _sources];
            }
        }
    }

    /// <summary>Adds an entry of the one journal it is about.</summary>
    public void Add(JournalEntry entry) => Add(entry, _owner);

    /// <summary>Adds an entry of one of several journals.</summary>
    /// <param name="entry">The entry, not older than those before.</param>
    /// <param name="owner">Whose journal it is from.</param>
    public void Add(JournalEntry entry, JournalOwner owner)
    {
        lock (_gate)
        {
            switch (entry)
            {
                case Opened opened:
                    PartnerTenantId ??= opened.PartnerTenantId;
                    LastWriter = opened.Writer;
                    break;
                case StatusEntry { SubscriptionId: { } subscriptionId } status:
                    Of(status, subscriptionId).Add(status);

                    // Its migration decides the end of its term from now on.
                    _ = status.Change == SuspensionChange.EndWithTerm && _termEnds.Remove(Key(status.CustomerId, subscriptionId));
                    break;

                case TermEndKept { SubscriptionId: { } subscriptionId, TermEnd: { } termEnd } kept:
                    _termEnds[Key(kept.CustomerId, subscriptionId)] = termEnd.ToSetting();
                    break;
                case TermEndReleased { SubscriptionId: { } subscriptionId } released:
                    _ = _termEnds.Remove(Key(released.CustomerId, subscriptionId));
                    break;

                // Why something stopped is no migration: it is noted with one that is known.
                case Stopped { Sources.Count: > 0 } stopped when Find(stopped.CustomerId, stopped.Sources[0]) is { IsSource: true } source:
                    source.Add(stopped);
                    break;
                case MigrationEntry migration and not Stopped:
                    Add(migration, owner);
                    break;
            }
        }
    }

    /// <summary>What is known of a source, or of another subscription; null where nothing is. To be read once no entry is added any more.</summary>
    public SourceRecord? Find(CustomerId? customerId, SourceKey source) => Read(customerId, source, record => record);

    /// <summary>When a subscription was suspended through this module; null where it was not, or has been made active since.</summary>
    public DateTimeOffset? SuspendedOn(CustomerId customerId, SourceKey source) =>
        Ending(customerId, source) is { Status: JournalStatus.Suspended } status ? status.At : null;

    /// <summary>Whether the migration of a source was rolled back, and none has begun since.</summary>
    public bool IsUndone(CustomerId? customerId, SourceKey source) => Read(customerId, source, record => record.IsUndone);

    /// <summary>How a subscription was ended through this module; null where it was not.</summary>
    public StatusSettled? Ending(CustomerId customerId, SourceKey source) => Read(customerId, source, record => record.Status);

    /// <summary>
    /// Whether a source was ended when its migration was finished, at once or by being left to expire, has not been made active since,
    /// and has got no other target.
    /// </summary>
    public bool IsEnded(CustomerId customerId, SourceKey source) =>
        Read(customerId, source, record => record is { IsReopened: false, Status: { IsEnding: true, OtherReason: null } });

    /// <summary>
    /// Whether a source has its target and was, as far as the journal knows, not ended yet. Where the service has it out of service, another
    /// administrator has ended it, or a run that was cut short before it could write that down.
    /// </summary>
    public bool IsToBeEnded(CustomerId customerId, SourceKey source) =>
        Read(customerId, source, record => record is { Purchase: not null, Status: null or { Status: JournalStatus.Active } });

    /// <summary>Whether a source with a target was about to be suspended or deleted for its migration, and what came of that is not known.</summary>
    public bool IsEndUnsettled(CustomerId customerId, SourceKey source) => Read(customerId, source, record => record is { Purchase: not null, IsEndUnsettled: true });

    /// <summary>Whether a subscription was left to expire through this module, for a migration or for another reason.</summary>
    public bool IsExpiring(CustomerId customerId, SourceKey source) => Ending(customerId, source) is { IsLeftToExpire: true };

    /// <summary>
    /// What a source was to do at the end of its term before that was, or was to be, changed for its migration, whatever was done to it
    /// later; null where it was not, and once the migration was rolled back.
    /// </summary>
    public EndOfTermSetting? TermEndBefore(CustomerId customerId, SourceKey source) => Read(customerId, source, record => record.TermEndBefore);

    /// <summary>What is to be set again at the end of a subscription's term, because a change of something else was cut short; null for nothing.</summary>
    public EndOfTermSetting? TermEndKept(CustomerId customerId, SubscriptionId subscriptionId)
    {
        lock (_gate)
        {
            return _termEnds.TryGetValue(Key(customerId, subscriptionId), out var kept) ? kept : null;
        }
    }

    /// <summary>Whether the service did not take a source's cancellation at the end of its term, and auto-renew is off alone.</summary>
    public bool WasCancellationRefused(CustomerId customerId, SourceKey source) =>
        Ending(customerId, source) is { IsCancellationRefused: true };

    /// <summary>What was announced for a source that becomes its target in place, by a transition or at its renewal, and was accepted; null for others.</summary>
    public PurchaseIntended? ChangeInPlace(CustomerId customerId, SourceKey source)
    {
        return Read(customerId, source, record => record.Purchase is { IsInPlace: true } change
            ? record.Intended is { } intended && intended.RequestId == change.RequestId ? intended : change.ToIntent()
            : null);
    }

    /// <summary>The directory SKU that a source had before it became its target in place, or began to; null for others.</summary>
    public SkuId? SkuBefore(CustomerId customerId, SourceKey source) => (ChangeInPlace(customerId, source) ?? OpenPurchase(customerId, source)?.Intent)?.FromSkuId;

    /// <summary>Whether a source that became its target in place needs nothing more.</summary>
    public bool IsKept(CustomerId customerId, SourceKey source) => Ending(customerId, source) is { Status: JournalStatus.Kept } && ChangeInPlace(customerId, source) is not null;

    /// <summary>Whether a source was left to expire on purpose when its migration was finished.</summary>
    public bool IsLeftToExpire(CustomerId customerId, SourceKey source) => Ending(customerId, source) is { IsLeftToExpire: true, OtherReason: null };

    /// <summary>A purchase for a source that was sent, or about to be, and that no subscription is known of; null where there is none.</summary>
    public OpenPurchase? OpenPurchase(CustomerId customerId, SourceKey source)
    {
        return OpenPurchasesOf(customerId).FirstOrDefault(open => open.Intent.IsAbout(source));
    }

    /// <summary>Whether the outcome of a purchase that was announced is not known yet, or its subscription.</summary>
    public bool IsOpen(PurchaseIntended intent)
    {
        lock (_gate)
        {
            return intent.RequestId is { } requestId && _openPurchases.Find(requestId) is not null;
        }
    }

    /// <summary>The purchases without a source, of a friendly name, that no subscription is known of.</summary>
    public IReadOnlyList<OpenPurchase> OpenNewPurchases(CustomerId customerId, string friendlyName)
    {
        return [.. OpenPurchasesOf(customerId).Where(open => open.Intent.Sources.Count == 0
            && string.Equals(open.Intent.FriendlyName, friendlyName, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The purchases without a source, of a friendly name, that are done; the last first.</summary>
    public IReadOnlyList<PurchaseSettled> NewPurchases(CustomerId customerId, string friendlyName)
    {
        lock (_gate)
        {
            return _newPurchases.TryGetValue(Key(customerId, friendlyName), out var entries) ? [.. entries.AsEnumerable().Reverse()] : [];
        }
    }

    /// <summary>The purchase made for a source; null where there is none.</summary>
    public PurchaseSettled? Purchase(CustomerId customerId, SourceKey source) => Read(customerId, source, record => record.Purchase);

    /// <summary>The sources a subscription was bought or taken for, whose migration is not rolled back.</summary>
    public IReadOnlyList<SourceKey> SourcesOf(CustomerId customerId, SubscriptionId targetSubscriptionId)
    {
        lock (_gate)
        {
            return _sourcesByTarget.Of(Key(customerId, targetSubscriptionId));
        }
    }

    /// <summary>How a subscription was got or given seats, the first time first; not what a rollback has given back.</summary>
    public IReadOnlyList<PurchaseSettled> Acquisitions(CustomerId customerId, SubscriptionId targetSubscriptionId)
    {
        lock (_gate)
        {
            return _acquisitions.TryGetValue(Key(customerId, targetSubscriptionId), out var entries) ? [.. entries] : [];
        }
    }

    /// <summary>The add-ons that were bought with a subscription, and for no source of their own.</summary>
    public IReadOnlyList<PurchaseSettled> AddOnsOf(CustomerId customerId, SubscriptionId baseSubscriptionId)
    {
        lock (_gate)
        {
            return _addOns.TryGetValue(Key(customerId, baseSubscriptionId), out var addOns) ? [.. addOns] : [];
        }
    }

    /// <summary>The add-ons of a subscription that are being bought, and that no subscription is known of.</summary>
    public bool HasOpenAddOn(CustomerId customerId, SubscriptionId baseSubscriptionId)
    {
        return OpenPurchasesOf(customerId).Any(open => open.Intent.Sources.Count == 0 && open.Intent.ParentSubscriptionId.Is(baseSubscriptionId));
    }

    /// <summary>Those of them whose migration is not finished.</summary>
    public IReadOnlyList<SourceKey> UnfinishedSources(CustomerId customerId, SubscriptionId targetSubscriptionId)
    {
        return [.. SourcesOf(customerId, targetSubscriptionId).Where(source => !IsEnded(customerId, source))];
    }

    /// <summary>For each user whose move away from a source was begun and is not known to be done, the last entry about it.</summary>
    public IReadOnlyList<LicenseEntry> UsersLeft(CustomerId customerId, SourceKey source) =>
        Read<IReadOnlyList<LicenseEntry>>(customerId, source, record => [.. record.Users.Where(user => user.Value.IsLeft).Select(user => user.Value.Last!)]) ?? [];

    /// <summary>The exchanges of groups' licenses away from a source whose outcome is not known.</summary>
    public IReadOnlyList<GroupIntended> OpenGroups(CustomerId customerId, SourceKey source) =>
        Read<IReadOnlyList<GroupIntended>>(customerId, source, record => [.. record.Groups.OfType<GroupIntended>()]) ?? [];

    /// <summary>How many users have been moved to a directory SKU, and not back; and when the last was, or was moved back.</summary>
    public (int Users, DateTimeOffset LastOn) MovedTo(CustomerId customerId, SkuId skuId)
    {
        lock (_gate)
        {
            return _movedTo.TryGetValue(Key(customerId, skuId.ToString()), out var moved) ? (Math.Max(0, moved.Users), moved.LastOn) : default;
        }
    }

    /// <summary>How many users rollbacks have moved back to a directory SKU, and no migration away from it again; 0 where the last was before a moment.</summary>
    public int ReturnedTo(CustomerId customerId, SkuId skuId, DateTimeOffset since)
    {
        lock (_gate)
        {
            return _returnedTo.TryGetValue(Key(customerId, skuId.ToString()), out var returned) && returned.LastOn >= since ? returned.Users : 0;
        }
    }

    private T? Read<T>(CustomerId? customerId, SourceKey source, Func<SourceRecord, T?> read)
    {
        lock (_gate)
        {
            return _records.TryGetValue(Key(customerId, source), out var record) ? read(record) : default;
        }
    }

    private IReadOnlyList<OpenPurchase> OpenPurchasesOf(CustomerId customerId)
    {
        lock (_gate)
        {
            return _openPurchases.Of(customerId);
        }
    }

    private void Add(MigrationEntry entry, JournalOwner owner)
    {
        switch (entry)
        {
            case PurchaseIntended { RequestId: { } requestId } intended:
                _openPurchases.Set(requestId, new OpenPurchase(intended, IsAccepted: false, OrderId: null));
                break;
            case PurchaseSettled { RequestId: { } requestId } settled:
                Settle(settled, requestId);
                break;
            case LicenseSettled { Done: true, UserId: not null } moved:
                Count(moved, users: 1);
                break;
            case GroupSettled { Done: true, UserIds: { } users } exchanged:
                Count(exchanged, users.Count);
                break;
        }

        foreach (var source in entry.Sources)
        {
            var key = Key(entry.CustomerId, source);
            var record = Of(entry, source);
            if (!record.IsSource)
            {
                record.Begin(owner, entry.CustomerId, source, entry.At);
                _sources.Add(record);
            }

            var former = record.Purchase;
            record.Add(entry);
            Index(key, former, record.Purchase);
        }

        if (entry is Undone undone)
        {
            CloseUndone(undone);
            ReleaseAcquisitions(undone);
        }
    }

    // What was accepted has no subscription before the service names one.
    private void Index(JournalKey source, PurchaseSettled? former, PurchaseSettled? current)
    {
        if (ReferenceEquals(former, current))
        {
            return;
        }

        if (former?.SubscriptionId is { } formerTarget)
        {
            _sourcesByTarget.Remove(Key(source.CustomerId, formerTarget), source);
        }

        if (current?.SubscriptionId is { } target)
        {
            _sourcesByTarget.Add(Key(source.CustomerId, target), source);
        }
    }

    // Accepted is not the end: until its subscription is known, only this entry shows that there is one.
    private void Settle(PurchaseSettled settled, Guid requestId)
    {
        var begun = _openPurchases.Find(requestId)?.Intent ?? settled.ToIntent();
        _openPurchases.Remove(requestId);
        if (settled is { Done: true, SubscriptionId: null })
        {
            _openPurchases.Set(requestId, new OpenPurchase(begun, IsAccepted: true, settled.OrderId));
        }

        if (settled is { Done: true, SubscriptionId: { } subscriptionId })
        {
            Keep(_acquisitions, Key(settled.CustomerId, subscriptionId), settled);
            if (settled.Sources.Count == 0)
            {
                Keep(_newPurchases, Key(settled.CustomerId, settled.FriendlyName), settled);
                if (begun.ParentSubscriptionId is { } parentId)
                {
                    Keep(_addOns, Key(settled.CustomerId, parentId), settled);
                }
            }
        }
    }

    private static void Keep(Dictionary<JournalKey, List<PurchaseSettled>> kept, JournalKey key, PurchaseSettled entry)
    {
        if (!kept.TryGetValue(key, out var entries))
        {
            kept.Add(key, entries = []);
        }

        entries.Add(entry);
    }

    // What was accepted and is rolled back with all its sources was found meanwhile: it is no longer waited for.
    private void CloseUndone(Undone undone)
    {
        foreach (var open in _openPurchases.Of(undone.CustomerId).Where(open => open.Intent is { RequestId: not null, Sources.Count: > 0 }
            && open.Intent.Sources.Any(undone.IsAbout)
            && open.Intent.Sources.All(source => IsUndone(undone.CustomerId, source))).ToList())
        {
            _openPurchases.Remove(open.Intent.RequestId!.Value);
        }
    }

    // Once it is out of service, all that was done to get it is over; fewer seats take back those that were given since.
    private void ReleaseAcquisitions(Undone undone)
    {
        if (undone.SubscriptionId is not { } subscriptionId || !_acquisitions.TryGetValue(Key(undone.CustomerId, subscriptionId), out var entries))
        {
            return;
        }

        if (undone.Action is RollbackAction.Suspended or RollbackAction.Deleted or RollbackAction.AutoRenewOff or RollbackAction.EndsWithTerm)
        {
            entries.Clear();
        }
        else if (undone.Action == RollbackAction.Resized)
        {
            _ = entries.RemoveAll(entry => entry is { Method: JournalMethod.Resize, QuantityBefore: { } before } && before >= undone.Quantity);
        }
    }

    private void Count(LicenseExchangeEntry moved, int users)
    {
        var isBack = moved.IsBack;
        foreach (var skuId in isBack ? moved.FromSkuIds : moved.ToSkuIds)
        {
            var key = Key(moved.CustomerId, skuId.ToString());
            _movedTo[key] = ((_movedTo.TryGetValue(key, out var before) ? before.Users : 0) + (isBack ? -users : users), moved.At);
        }

        foreach (var skuId in isBack ? moved.ToSkuIds : moved.FromSkuIds)
        {
            var key = Key(moved.CustomerId, skuId.ToString());
            var (returned, lastOn) = _returnedTo.TryGetValue(key, out var before) ? before : default;
            if (isBack || returned > 0)
            {
                _returnedTo[key] = isBack ? (returned + users, moved.At) : (Math.Max(0, returned - users), lastOn);
            }
        }
    }

    private SourceRecord Of(CustomerEntry entry, SourceKey source)
    {
        var key = Key(entry.CustomerId, source);
        if (!_records.TryGetValue(key, out var record))
        {
            _records.Add(key, record = new SourceRecord(_keepsHistory, _lists));
        }

        return record;
    }

    private static JournalKey Key(CustomerId? customerId, SourceKey source) => new(customerId, source.ToString());

    private static JournalKey Key(CustomerId? customerId, string? other) => new(customerId, other);
}
