using System;
using System.Collections.Generic;
using CspMigration.Sandbox.Routing;

namespace CspMigration.Sandbox.Gateway;

/// <summary>Limits the requests of each family within any sixty seconds.</summary>
internal sealed class RateLimiter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RouteFamily, Queue<DateTimeOffset>> _taken = [];
    private readonly int? _limit;

    /// <param name="limit">Null for no limit.</param>
    public RateLimiter(int? limit)
    {
        _limit = limit;
    }

    /// <summary>Takes a slot and returns null; if none is free, the whole seconds until one is.</summary>
    public int? Acquire(RouteFamily family, DateTimeOffset now)
    {
        if (_limit is not { } limit)
        {
            return null;
        }

        lock (_taken)
        {
            if (!_taken.TryGetValue(family, out var taken))
            {
                _taken.Add(family, taken = new Queue<DateTimeOffset>());
            }

            while (taken.Count > 0 && now - taken.Peek() >= Window)
            {
                _ = taken.Dequeue();
            }

            if (taken.Count < limit)
            {
                taken.Enqueue(now);
                return null;
            }

            return Math.Max(1, (int)Math.Ceiling((taken.Peek() + Window - now).TotalSeconds));
        }
    }
}
