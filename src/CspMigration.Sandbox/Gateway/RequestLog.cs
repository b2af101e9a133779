using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CspMigration.Sandbox.Routing;

namespace CspMigration.Sandbox.Gateway;

/// <summary>Counts what arrives, what is carried out and what is throttled.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentDictionary<(Route Route, bool IsItem), Counter> _byRoute = new();
    private long _total;
    private long _throttled;
    private long _writes;

    public long Total => Interlocked.Read(ref _total);

    public long Throttled => Interlocked.Read(ref _throttled);

    public long Writes => Interlocked.Read(ref _writes);

    public IReadOnlyDictionary<string, long> ByRoute =>
        _byRoute.ToArray().ToDictionary(pair => (pair.Key.IsItem ? "batch " : "") + pair.Key.Route.Name, pair => pair.Value.Read());

    public void CountArrival() => Interlocked.Increment(ref _total);

    public void CountThrottled() => Interlocked.Increment(ref _throttled);

    /// <param name="route">The route.</param>
    /// <param name="isItem">Whether it came in a batch of Microsoft Graph.</param>
    public void CountExecuted(Route route, bool isItem = false)
    {
        _byRoute.GetOrAdd((route, isItem), _ => new Counter()).Increment();
        if (route.IsWrite)
        {
            _ = Interlocked.Increment(ref _writes);
        }
    }

    private sealed class Counter
    {
        private long _count;

        public void Increment() => Interlocked.Increment(ref _count);

        public long Read() => Interlocked.Read(ref _count);
    }
}
