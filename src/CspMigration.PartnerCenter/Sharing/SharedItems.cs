using System;
using System.Collections.Generic;

namespace CspMigration.PartnerCenter.Sharing;

/// <summary>One item for each key in this process, for as long as a caller has a lease of it; the last one ends it. Safe for several threads.</summary>
/// <typeparam name="T">What is shared.</typeparam>
internal sealed class SharedItems<T>
    where T : class, IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, (T Item, int Users)> _inUse;

    /// <param name="comparer">Compares keys.</param>
    public SharedItems(StringComparer comparer) => _inUse = new Dictionary<string, (T Item, int Users)>(comparer);

    /// <summary>The item of a key; made where there is none.</summary>
    public Lease<T> Lease(string key, Func<T> create)
    {
        lock (_gate)
        {
            var (item, users) = _inUse.TryGetValue(key, out var shared) ? shared : (create(), 0);
            _inUse[key] = (item, users + 1);
            return new Lease<T>(item, () => End(key));
        }
    }

    private void End(string key)
    {
        lock (_gate)
        {
            var (item, users) = _inUse[key];
            if (users > 1)
            {
                _inUse[key] = (item, users - 1);
                return;
            }

            _ = _inUse.Remove(key);
            item.Dispose();
        }
    }
}
