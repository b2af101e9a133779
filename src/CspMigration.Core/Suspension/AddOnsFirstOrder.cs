using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Suspension;

/// <summary>Puts add-ons before their bases: a base waits until all its add-ons have passed, or no more records come.</summary>
/// <typeparam name="T">What comes for a subscription.</typeparam>
public sealed class AddOnsFirstOrder<T>
{
    private readonly HashSet<SubscriptionId> _passed = [];
    private readonly Dictionary<SubscriptionId, List<WaitingBase>> _waitingFor = [];
    private readonly List<WaitingBase> _waiting = [];

    /// <summary>What still waits for add-ons that have not come, in the order it came.</summary>
    public IEnumerable<T> Rest => _waiting.Where(waiting => waiting.Missing > 0).Select(waiting => waiting.Item);

    /// <summary>Takes the next record.</summary>
    /// <param name="item">The record.</param>
    /// <param name="subscriptionId">Its subscription; null where it has no id.</param>
    /// <param name="addOns">The add-ons that go before it.</param>
    /// <returns>What can go now, in this order: nothing, or the record and the bases that waited for it alone.</returns>
    public IReadOnlyList<T> Add(T item, string? subscriptionId, IReadOnlyList<string> addOns)
    {
        var missing = addOns.Select(SubscriptionId.FromOrNull).Known().Where(addOn => !_passed.Contains(addOn)).Distinct().ToList();
        var next = new WaitingBase(item, SubscriptionId.FromOrNull(subscriptionId), missing.Count);
        if (missing.Count == 0)
        {
            return Release(next);
        }

        _waiting.Add(next);
        foreach (var addOn in missing)
        {
            if (!_waitingFor.TryGetValue(addOn, out var bases))
            {
                _waitingFor.Add(addOn, bases = []);
            }

            bases.Add(next);
        }

        return [];
    }

    // A base may be an add-on itself: what waits for it can go then.
    private List<T> Release(WaitingBase first)
    {
        var passing = new List<WaitingBase> { first };
        for (var index = 0; index < passing.Count; index++)
        {
            if (passing[index].SubscriptionId is { } id && _passed.Add(id) && _waitingFor.TryGetValue(id, out var bases))
            {
                _ = _waitingFor.Remove(id);
                passing.AddRange(bases.Where(waiting => --waiting.Missing == 0));
            }
        }

        return passing.ConvertAll(passed => passed.Item);
    }

    private sealed class WaitingBase
    {
        public WaitingBase(T item, SubscriptionId? subscriptionId, int missing)
        {
            Item = item;
            SubscriptionId = subscriptionId;
            Missing = missing;
        }

        public T Item { get; }

        public SubscriptionId? SubscriptionId { get; }

        public int Missing { get; set; }
    }
}
