using System.Collections.Concurrent;
using System.Globalization;
using System.Threading;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core.Run;

/// <summary>
/// How many sources of a run are done, and beside it what its steps count: one bar can show one count, and a large customer is a single source
/// for many minutes.
/// </summary>
internal sealed class RunProgress
{
    private readonly IOperationObserver _observer;
    private readonly string _status;
    private readonly int _total;
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private int _done;

    /// <param name="observer">Gets it.</param>
    /// <param name="status">What is being done.</param>
    /// <param name="total">How many there are.</param>
    public RunProgress(IOperationObserver observer, string status, int total)
    {
        _observer = observer;
        _status = status;
        _total = total;
    }

    /// <summary>One more is done.</summary>
    public void Advance() => _observer.Progress(_status, Interlocked.Increment(ref _done), _total);

    /// <summary>A step has come so far. Users are counted over all customers, who are worked on at once; anything else is shown as it comes.</summary>
    public void Report(string status, int done, int? total)
    {
        var isOfUsers = status is ProgressCount.ReadingLicenses or ProgressCount.MovingLicenses;
        var count = isOfUsers ? _counts.AddOrUpdate(status, 1, (_, counted) => counted + 1) : done;
        var detail = string.Format(
            CultureInfo.CurrentCulture, isOfUsers || total is null ? "{0}{1}: {2}" : "{0}{1}: {2} of {3}", char.ToLowerInvariant(status[0]), status.Substring(1), count, total);
        _observer.Progress(_status, Volatile.Read(ref _done), _total, detail);
    }
}
