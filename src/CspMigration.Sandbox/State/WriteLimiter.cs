using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox.State;

/// <summary>Limits the writes to the directory of each tenant (learn.microsoft.com/graph/throttling-limits: 3,000 in 150 seconds for an application).</summary>
internal sealed class WriteLimiter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(150);

    private readonly Dictionary<Customer, Queue<DateTimeOffset>> _taken = [];
    private readonly int _limit;

    public WriteLimiter(int limit)
    {
        _limit = limit;
    }

    /// <summary>Takes a write and returns null; if none is free, the time until one is.</summary>
    public TimeSpan? Acquire(Customer customer, DateTimeOffset now)
    {
        lock (_taken)
        {
            if (!_taken.TryGetValue(customer, out var taken))
            {
                _taken.Add(customer, taken = new Queue<DateTimeOffset>());
            }

            while (taken.Count > 0 && now - taken.Peek() >= Window)
            {
                _ = taken.Dequeue();
            }

            if (taken.Count >= _limit)
            {
                return taken.Peek() + Window - now;
            }

            taken.Enqueue(now);
            return null;
        }
    }
}
