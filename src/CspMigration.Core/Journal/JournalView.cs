using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Journal;

/// <summary>What the journal's entries add up to. Safe to read while entries are added.</summary>
internal sealed class JournalView
{
    private readonly object _gate = new();
    private readonly OpenPurchases _openPurchases = new();
    private readonly PurchasesBySource _purchases = new();
    private readonly Dictionary<JournalKey, List<JournalEntry>> _newPurchases = [];
    private readonly HashSet<JournalKey> _undone = [];
    private readonly Dictionary<JournalKey, JournalEntry> _statuses = [];
    private readonly Dictionary<JournalKey, TermEndSetting> _termEndsBefore = [];

    // Sources for which something was got after they were ended: their users are moved once more.
    private readonly HashSet<JournalKey> _reopened = [];
    private readonly Dictionary<JournalKey, Dictionary<string, JournalEntry>> _usersLeft = [];
    private readonly Dictionary<JournalKey, (int Users, DateTimeOffset LastOn)> _movedTo = [];
    private readonly Dictionary<JournalKey, List<JournalEntry>> _acquisitions = [];
    private readonly Dictionary<JournalKey, List<JournalEntry>> _addOns = [];

    /// <summary>The partner the journal belongs to; null while nobody has written.</summary>
    public string? PartnerTenantId { get; private set; }

    /// <summary>The process that wrote last.</summary>
    public string? LastWriter { get; private set; }

    public void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            switch (entry.Kind)
            {
                case JournalEntryKind.Opened:
                    PartnerTenantId ??= entry.PartnerTenantId;
                    LastWriter = entry.Writer;
                    break;
                case JournalEntryKind.PurchaseIntended when entry.RequestId is { } requestId:
                    if (entry is { TermEndBefore: { } before, SubscriptionId: { } renewed })
                    {
                        NoteTermEnd(Key(entry.CustomerId, renewed), before);
                    }

                    _openPurchases.Set(requestId, new OpenPurchase(entry, IsAccepted: false, OrderId: null));
                    break;
                case JournalEntryKind.PurchaseSettled when entry.RequestId is { } requestId:
                    Settle(entry, requestId);
                    break;
                case JournalEntryKind.Undone:
                    foreach (var source in entry.Sources ?? [])
                    {
                        _ = _undone.Add(Key(entry.CustomerId, source));
                        _ = _purchases.Remove(Key(entry.CustomerId, source));
                        _ = _statuses.Remove(Key(entry.CustomerId, source));
                        _ = _termEndsBefore.Remove(Key(entry.CustomerId, source));
                        _ = _usersLeft.Remove(Key(entry.CustomerId, source));
                    }

                    CloseUndone(entry);
                    GiveBack(entry);
                    break;
                case JournalEntryKind.LicenseIntended or JournalEntryKind.LicenseSettled when entry.UserId is { } userId:
                    NoteUser(entry, userId);
                    break;
                case JournalEntryKind.StatusIntended when entry is { Way: "AutoRenewOff" or "EndWithTerm", SubscriptionId: { } subscriptionId }:
                    NoteTermEnd(Key(entry.CustomerId, subscriptionId), entry.TermEndBefore);
                    break;
                case JournalEntryKind.StatusSettled when entry is { Done: true, SubscriptionId: { } subscriptionId }:
                    _statuses[Key(entry.CustomerId, subscriptionId)] = entry;
                    _ = _reopened.Remove(Key(entry.CustomerId, subscriptionId));
                    break;
            }
        }
    }

    /// <summary>When a subscription was suspended through this module; null where it was not, or has been made active since.</summary>
    public DateTimeOffset? SuspendedOn(string customerId, string subscriptionId)
    {
        lock (_gate)
        {
            return _statuses.TryGetValue(Key(customerId, subscriptionId), out var entry) && entry.Status == "Suspended" ? entry.At : null;
        }
    }

    /// <summary>Whether the migration of a source was taken back, and none has begun since.</summary>
    public bool IsUndone(string customerId, string source)
    {
        lock (_gate)
        {
            return _undone.Contains(Key(customerId, source));
        }
    }

    /// <summary>How a subscription was ended through this module; null where it was not.</summary>
    public JournalEntry? Ending(string customerId, string subscriptionId)
    {
        lock (_gate)
        {
            return _statuses.TryGetValue(Key(customerId, subscriptionId), out var entry) ? entry : null;
        }
    }

    /// <summary>
    /// Whether a source was ended when its migration was finished, at once or by being left to run out, has not been made active since,
    /// and has got no other target.
    /// </summary>
    public bool IsEnded(string customerId, string subscriptionId)
    {
        lock (_gate)
        {
            return Ending(customerId, subscriptionId) is { Status: not (null or "Active"), Reason: null } && !_reopened.Contains(Key(customerId, subscriptionId));
        }
    }

    /// <summary>The purchase of a source that becomes its target in place, by a transition or at its renewal; null for others.</summary>
    public JournalEntry? ChangeInPlace(string customerId, string source)
    {
        return Purchase(customerId, source) is { Way: nameof(PurchaseWay.Transition) or nameof(PurchaseWay.Renewal) } change ? change : null;
    }

    /// <summary>The directory SKU that a source had before it became its target in place, or began to; null for others.</summary>
    public string? SkuBefore(string customerId, string source)
    {
        return (ChangeInPlace(customerId, source) ?? OpenPurchase(customerId, source)?.Intent)?.FromSkuIds?.FirstOrDefault();
    }

    /// <summary>Whether a source that became its target in place needs nothing more.</summary>
    public bool IsKept(string customerId, string source) => Ending(customerId, source) is { Status: "Kept" } && ChangeInPlace(customerId, source) is not null;

    /// <summary>Whether a subscription was left to run out through this module, for a migration or for another reason.</summary>
    public bool IsRunningOut(string customerId, string subscriptionId)
    {
        return Ending(customerId, subscriptionId) is { Status: "AutoRenewOff" or "LeftToTermEnd" or "EndsWithTerm" };
    }

    /// <summary>
    /// What a source was to do at the end of its term before that was, or was to be, changed for its migration, whatever was done to it
    /// later; null where it was not, and once the migration was taken back.
    /// </summary>
    public TermEndSetting? TermEndBefore(string customerId, string subscriptionId)
    {
        lock (_gate)
        {
            return _termEndsBefore.TryGetValue(Key(customerId, subscriptionId), out var before) ? before : null;
        }
    }

    /// <summary>Whether the service did not take a source's cancellation at the end of its term, and auto-renew is off alone.</summary>
    public bool WasCancellationRefused(string customerId, string subscriptionId)
    {
        return Ending(customerId, subscriptionId) is { Status: "AutoRenewOff", Way: "EndWithTerm" };
    }

    /// <summary>Whether a source was left to run out on purpose when its migration was finished.</summary>
    public bool IsLeftToRunOut(string customerId, string subscriptionId)
    {
        lock (_gate)
        {
            return _statuses.TryGetValue(Key(customerId, subscriptionId), out var entry) && entry is { Status: "AutoRenewOff" or "LeftToTermEnd" or "EndsWithTerm", Reason: null };
        }
    }

    /// <summary>A purchase for a source that was sent, or about to be, and that no subscription is known of; null where there is none.</summary>
    public OpenPurchase? OpenPurchase(string customerId, string source)
    {
        return OpenPurchasesOf(customerId).FirstOrDefault(open => (open.Intent.Sources ?? []).Contains(source, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether the outcome of a purchase that was announced is not known yet, or its subscription.</summary>
    public bool IsOpen(JournalEntry intent)
    {
        lock (_gate)
        {
            return intent.RequestId is { } requestId && _openPurchases.Find(requestId) is not null;
        }
    }

    /// <summary>The purchases without a source, of a friendly name, that no subscription is known of.</summary>
    public IReadOnlyList<OpenPurchase> OpenNewPurchases(string customerId, string friendlyName)
    {
        return [.. OpenPurchasesOf(customerId).Where(open => open.Intent.Sources is null or { Count: 0 }
            && string.Equals(open.Intent.FriendlyName, friendlyName, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The purchases without a source, of a friendly name, that are done; the last first.</summary>
    public IReadOnlyList<JournalEntry> NewPurchases(string customerId, string friendlyName)
    {
        lock (_gate)
        {
            return _newPurchases.TryGetValue(Key(customerId, friendlyName), out var entries) ? [.. entries.AsEnumerable().Reverse()] : [];
        }
    }

    /// <summary>The purchase made for a source; null where there is none.</summary>
    public JournalEntry? Purchase(string customerId, string source)
    {
        lock (_gate)
        {
            return _purchases.Find(Key(customerId, source));
        }
    }

    /// <summary>The sources a subscription was bought or taken for, whose migration is not taken back.</summary>
    public IReadOnlyList<string> SourcesOf(string customerId, string targetSubscriptionId)
    {
        lock (_gate)
        {
            return _purchases.SourcesOf(Key(customerId, targetSubscriptionId));
        }
    }

    /// <summary>How a subscription was got or given seats, the first time first; not what an undo has given back.</summary>
    public IReadOnlyList<JournalEntry> Acquisitions(string customerId, string targetSubscriptionId)
    {
        lock (_gate)
        {
            return _acquisitions.TryGetValue(Key(customerId, targetSubscriptionId), out var entries) ? [.. entries] : [];
        }
    }

    /// <summary>The add-ons that were bought with a subscription, and for no source of their own.</summary>
    public IReadOnlyList<JournalEntry> AddOnsOf(string customerId, string baseSubscriptionId)
    {
        lock (_gate)
        {
            return _addOns.TryGetValue(Key(customerId, baseSubscriptionId), out var addOns) ? [.. addOns] : [];
        }
    }

    /// <summary>The add-ons of a subscription that are being bought, and that no subscription is known of.</summary>
    public bool HasOpenAddOn(string customerId, string baseSubscriptionId)
    {
        return OpenPurchasesOf(customerId).Any(open => open.Intent.Sources is null or { Count: 0 } && string.Equals(open.Intent.ParentSubscriptionId, baseSubscriptionId, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Those of them whose migration is not finished.</summary>
    public IReadOnlyList<string> UnfinishedSources(string customerId, string targetSubscriptionId)
    {
        return [.. SourcesOf(customerId, targetSubscriptionId).Where(source => !IsEnded(customerId, source))];
    }

    /// <summary>For each user whose move away from a source was begun and is not known to be done, the last entry about it.</summary>
    public IReadOnlyList<JournalEntry> UsersLeft(string customerId, string source)
    {
        lock (_gate)
        {
            return _usersLeft.TryGetValue(Key(customerId, source), out var users) ? [.. users.Values] : [];
        }
    }

    /// <summary>How many users have been moved to a directory SKU, and not back; and when the last was, or was moved back.</summary>
    public (int Users, DateTimeOffset LastOn) MovedTo(string customerId, string skuId)
    {
        lock (_gate)
        {
            return _movedTo.TryGetValue(Key(customerId, skuId), out var moved) ? (Math.Max(0, moved.Users), moved.LastOn) : default;
        }
    }

    private IReadOnlyList<OpenPurchase> OpenPurchasesOf(string customerId)
    {
        lock (_gate)
        {
            return _openPurchases.Of(customerId);
        }
    }

    // Accepted is not the end: until its subscription is known, only this entry tells that there is one.
    private void Settle(JournalEntry entry, Guid requestId)
    {
        var begun = _openPurchases.Find(requestId)?.Intent ?? entry;
        _openPurchases.Remove(requestId);
        if (entry is { Done: true, SubscriptionId: null })
        {
            _openPurchases.Set(requestId, new OpenPurchase(begun, IsAccepted: true, entry.OrderId));
        }

        if (entry is { Done: true, SubscriptionId: { } subscriptionId })
        {
            Keep(_acquisitions, Key(entry.CustomerId, subscriptionId), entry);
            if (entry.Sources is null or { Count: 0 })
            {
                Keep(_newPurchases, Key(entry.CustomerId, entry.FriendlyName), entry);
                if (begun.ParentSubscriptionId is { } parentId)
                {
                    Keep(_addOns, Key(entry.CustomerId, parentId), entry);
                }
            }
        }

        foreach (var key in (entry.Sources ?? []).Select(source => Key(entry.CustomerId, source)))
        {
            if (entry.Done == true)
            {
                _ = _undone.Remove(key);
                _purchases.Set(key, entry);
                _ = entry.HasGotTarget() && _reopened.Add(key);
            }
            else if (_purchases.Find(key)?.RequestId == requestId)
            {
                _ = _purchases.Remove(key);
            }
        }
    }

    private static void Keep(Dictionary<JournalKey, List<JournalEntry>> kept, JournalKey key, JournalEntry entry)
    {
        if (!kept.TryGetValue(key, out var entries))
        {
            kept.Add(key, entries = []);
        }

        entries.Add(entry);
    }

    // What was accepted and is rolled back with all its sources was found meanwhile: nobody waits for it any more.
    private void CloseUndone(JournalEntry undone)
    {
        foreach (var open in _openPurchases.Of(undone.CustomerId ?? "").Where(open => open.Intent is { RequestId: not null, Sources.Count: > 0 }
            && open.Intent.Sources.Any(source => (undone.Sources ?? []).Contains(source, StringComparer.OrdinalIgnoreCase))
            && open.Intent.Sources.All(source => _undone.Contains(Key(undone.CustomerId, source)))).ToList())
        {
            _openPurchases.Remove(open.Intent.RequestId!.Value);
        }
    }

    // Once it is out of service, all that was done to get it is over; fewer seats take back those that were given since.
    private void GiveBack(JournalEntry undone)
    {
        if (undone is not { SubscriptionId: { } subscriptionId, Status: { } status } || !_acquisitions.TryGetValue(Key(undone.CustomerId, subscriptionId), out var entries))
        {
            return;
        }

        if (status is "Suspended" or "Deleted" or "AutoRenewOff" or "EndsWithTerm")
        {
            entries.Clear();
        }
        else if (status == "Resized")
        {
            _ = entries.RemoveAll(entry => entry is { Way: "Resize", QuantityBefore: { } before } && before >= undone.Quantity);
        }
    }

    // Who was moved, or was moved back to where nothing is to be done, is not kept: a large run would fill the memory.
    private void NoteUser(JournalEntry entry, string userId)
    {
        if (entry is { Kind: JournalEntryKind.LicenseSettled, Done: true })
        {
            var isBack = entry.Way == JournalEntry.Back;
            foreach (var skuId in (isBack ? entry.FromSkuIds : entry.ToSkuIds) ?? [])
            {
                var key = Key(entry.CustomerId, skuId);
                _movedTo[key] = ((_movedTo.TryGetValue(key, out var moved) ? moved.Users : 0) + (isBack ? -1 : 1), entry.At);
            }
        }

        foreach (var source in entry.Sources ?? [])
        {
            var key = Key(entry.CustomerId, source);
            if (entry.Done == true || entry.Way == JournalEntry.Back)
            {
                _ = _usersLeft.TryGetValue(key, out var users) && users.Remove(userId);
            }
            else
            {
                if (!_usersLeft.TryGetValue(key, out var left))
                {
                    _usersLeft.Add(key, left = new Dictionary<string, JournalEntry>(StringComparer.OrdinalIgnoreCase));
                }

                left[userId] = entry;
            }
        }
    }

    // The first is what stood there before the migration; one of 0.1.0 says only that it renewed.
    private void NoteTermEnd(JournalKey key, TermEndRecord? before)
    {
        if (!_termEndsBefore.ContainsKey(key))
        {
            _termEndsBefore.Add(key, before?.ToSetting() ?? TermEndSetting.Renew);
        }
    }

    private static JournalKey Key(string? customerId, string? source) => new(customerId, source);
}
