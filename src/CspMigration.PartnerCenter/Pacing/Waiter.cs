using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.PartnerCenter.Pacing;

/// <summary>A caller who waits for a turn, or has given up.</summary>
internal sealed class Waiter
{
    private readonly TaskCompletionSource<Turn> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the caller took the turn; not one who has given up.</summary>
    public bool TryGive(Turn turn) => _turn.TrySetResult(turn);

    public Task<Turn> WaitAsync(CancellationToken cancellationToken)
    {
        var registration = cancellationToken.Register(() => _turn.TrySetCanceled(cancellationToken));
        _ = _turn.Task.ContinueWith(
            _ => registration.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return _turn.Task;
    }
}
