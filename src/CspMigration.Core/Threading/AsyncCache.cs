using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Threading;

/// <summary>
/// Values that are read once and shared by all who ask. A failed reading is not kept: the next to ask reads again.
/// One who gives up waiting does not take the reading from the others.
/// </summary>
internal sealed class AsyncCache<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Task<TValue>> _readings;

    /// <param name="comparer">Compares keys that are no ids; null for their own comparison.</param>
    public AsyncCache(IEqualityComparer<TKey>? comparer = null) => _readings = new Dictionary<TKey, Task<TValue>>(comparer);

    /// <summary>The values that are there by now and nothing waits for those being read.</summary>
    public IReadOnlyList<TValue> Values
    {
        get
        {
            lock (_readings)
            {
                return [.. _readings.Values.Where(reading => reading.Status == TaskStatus.RanToCompletion).Select(reading => reading.Result)];
            }
        }
    }

    /// <summary>The value of a key.</summary>
    /// <param name="key">Which value.</param>
    /// <param name="read">Reads it where it was not read yet.</param>
    /// <param name="cancellationToken">Ends the wait of this caller, and the reading where it is the caller's own.</param>
    public async Task<TValue> GetAsync(TKey key, Func<CancellationToken, Task<TValue>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reading = Begin(key, read, cancellationToken, out var isOwn);
            try
            {
                return isOwn ? await reading.ConfigureAwait(false) : await WaitAsync(reading, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Another caller began this reading and gave up: start again.
                Forget(key, reading);
            }
            catch when (reading.IsCompleted)
            {
                Forget(key, reading);
                throw;
            }
        }
    }

    /// <summary>Begins to read a value that will be asked for. Whether it can be read shows to those who ask.</summary>
    /// <returns>The end of the reading, however it went.</returns>
    public Task ReadAheadAsync(TKey key, Func<CancellationToken, Task<TValue>> read, CancellationToken cancellationToken)
    {
        return Begin(key, read, cancellationToken, out _)
            .ContinueWith(static reading => reading.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Keeps a value that is known already.</summary>
    public void Keep(TKey key, TValue value)
    {
        lock (_readings)
        {
            _readings[key] = Task.FromResult(value);
        }
    }

    /// <summary>Drops a value, so that it is read again.</summary>
    public void Forget(TKey key)
    {
        lock (_readings)
        {
            _ = _readings.Remove(key);
        }
    }

    // An own reading ends with its caller's token and is waited for, so that no call is left; another's may go on for long.
    private static async Task<TValue> WaitAsync(Task<TValue> reading, CancellationToken cancellationToken)
    {
        var givenUp = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(static source => ((TaskCompletionSource<bool>)source!).TrySetResult(true), givenUp);
        if (await Task.WhenAny(reading, givenUp.Task).ConfigureAwait(false) != reading)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await reading.ConfigureAwait(false);
    }

    private Task<TValue> Begin(TKey key, Func<CancellationToken, Task<TValue>> read, CancellationToken cancellationToken, out bool isOwn)
    {
        lock (_readings)
        {
            isOwn = !_readings.TryGetValue(key, out var reading);
            if (isOwn)
            {
                reading = Work.Start(() => read(cancellationToken), cancellationToken);
                _readings.Add(key, reading);
            }

            return reading!;
        }
    }

    private void Forget(TKey key, Task<TValue> reading)
    {
        lock (_readings)
        {
            if (_readings.TryGetValue(key, out var current) && current == reading)
            {
                _ = _readings.Remove(key);
            }
        }
    }
}
