using System;
using System.Threading;

namespace CspMigration.PartnerCenter.Sharing;

/// <summary>
/// Something shared, for as long as one of its users needs it. A lease that is forgotten rather than disposed of ends when
/// it is collected: what it holds, such as the lock of a file, must not be held until the process ends.
/// </summary>
/// <typeparam name="T">What is shared. It has to outlive the lease.</typeparam>
internal sealed class Lease<T> : IDisposable
{
    private Action? _end;

    /// <param name="item">What is shared.</param>
    /// <param name="end">Gives it back; called once.</param>
    public Lease(T item, Action end)
    {
        Item = item;
        _end = end;
    }

    ~Lease() => End();

    public T Item { get; }

    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    private void End() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
