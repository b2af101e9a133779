using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.PowerShell.Execution;

/// <summary>
/// Runs asynchronous work while the pipeline thread carries out what the work posts: only that thread may write.
/// So many objects may wait to be written and no more, so that a slow reader downstream slows the work down. No thread waits for
/// room: the reader may be a cmdlet of this module, which needs the threads that would be waiting.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private const int MostObjects = 64;

    private readonly BlockingCollection<Action> _queue = [];
    private readonly SemaphoreSlim _room = new(MostObjects);
    private readonly CancellationTokenSource _stop;
    private readonly int _owner = Environment.CurrentManagedThreadId;

    public PipelinePump(CancellationToken stopping) => _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    /// <summary>Has the pipeline thread do something; from that thread itself, at once.</summary>
    public void Post(Action write)
    {
        if (Environment.CurrentManagedThreadId == _owner)
        {
            write();
        }
        else
        {
            _queue.Add(write, _stop.Token);
        }
    }

    /// <summary>Has the pipeline thread answer something, in the order of what is posted.</summary>
    public async Task<T> InvokeAsync<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = _stop.Token.Register(() => answer.TrySetCanceled());
        Post(() =>
        {
            try
            {
                _ = answer.TrySetResult(question());
            }
            catch (Exception e)
            {
                // The pipeline's own exceptions, a terminating error among them, end the command on its own thread.
                _ = answer.TrySetException(e);
                throw;
            }
        });
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Has the pipeline thread write an object, once there is room for it.</summary>
    public async Task PostObjectAsync(Action write)
    {
        await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
        _queue.Add(
            () =>
            {
                _ = _room.Release();
                write();
            },
            _stop.Token);
    }

    /// <summary>Has the pipeline thread do something if it is not busy: for what may be left out.</summary>
    public void Offer(Action write)
    {
        if (!_queue.IsAddingCompleted && _queue.Count < MostObjects)
        {
            _ = _queue.TryAdd(write);
        }
    }

    /// <summary>Runs the work to its end. When this returns or throws, nothing of the work is left.</summary>
    public void Run(Func<CancellationToken, Task> work)
    {
        var task = Task.Run(() => CompleteAsync(work), CancellationToken.None);
        try
        {
            foreach (var write in _queue.GetConsumingEnumerable())
            {
                write();
            }
        }
        catch
        {
            _stop.Cancel();

            // The pipeline's own exception is on its way up and wins over whatever the stopped work ends with.
            _ = Task.WaitAny(task);
            throw;
        }

        task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _queue.Dispose();
        _room.Dispose();
        _stop.Dispose();
    }

    private async Task CompleteAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _queue.CompleteAdding();
        }
    }
}
