using System;
using System.Collections.Generic;

namespace CspMigration.PartnerCenter.Pacing;

/// <summary>A queue that serves its keys in turn, so that one with much waiting does not hold up the others.</summary>
internal sealed class FairQueue<T>
{
    private readonly Dictionary<string, Queue<T>> _items = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _keys = new();

    public bool IsEmpty => _keys.Count == 0;

    public void Add(string key, T item)
    {
        if (!_items.TryGetValue(key, out var queue))
        {
            _items.Add(key, queue = new Queue<T>());
            _keys.Enqueue(key);
        }

        queue.Enqueue(item);
    }

    /// <summary>The oldest item of the key whose turn it is.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Dequeue()
    {
        var key = _keys.Dequeue();
        var queue = _items[key];
        var item = queue.Dequeue();
        if (queue.Count > 0)
        {
            _keys.Enqueue(key);
        }
        else
        {
            _ = _items.Remove(key);
        }

        return item;
    }
}
