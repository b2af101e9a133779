using System.Threading;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core.Sessions;

/// <summary>One count for work that goes on in several places at once, so that it does not jump between them.</summary>
internal sealed class ProgressCount
{
    /// <summary>What is being done where users are looked through for holders.</summary>
    public const string ReadingLicenses = "Reading licenses";

    /// <summary>What is being done where users are moved.</summary>
    public const string MovingLicenses = "Moving licenses";

    private readonly IOperationObserver _observer;
    private readonly string _status;
    private int _done;
    private int _total;

    /// <param name="observer">Hears of it.</param>
    /// <param name="status">What is being done.</param>
    public ProgressCount(IOperationObserver observer, string status)
    {
        _observer = observer;
        _status = status;
    }

    /// <summary>So many more are to be done; where it is unknown how many, this is never called.</summary>
    public void Expect(int more) => Interlocked.Add(ref _total, more);

    /// <summary>One more is done.</summary>
    public void Advance()
    {
        var done = Interlocked.Increment(ref _done);
        var total = Volatile.Read(ref _total);
        _observer.Progress(_status, done, total > 0 ? total : null);
    }
}
