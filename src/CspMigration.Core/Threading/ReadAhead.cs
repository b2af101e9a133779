using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace CspMigration.Core.Threading;

/// <summary>Fetches the next items while the present one is worked on.</summary>
internal static class ReadAhead
{
    /// <summary>The same items in the same order, one or two of them fetched ahead. When the enumeration ends, so has the fetching.</summary>
    public static async IAsyncEnumerable<T> Of<T>(IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<T>(1);
        var fetching = FetchAsync(items, ahead.Writer, stop.Token);
        try
        {
            while (await ahead.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (ahead.Reader.TryRead(out var item))
                {
                    yield return item;
                }
            }
        }
        finally
        {
#pragma warning disable CA1849 // CancelAsync is not in netstandard2.0.
            stop.Cancel();
#pragma warning restore CA1849
            await fetching.ConfigureAwait(false);
        }
    }

    /// <summary>What is read for each item, in the order of the items, some readings ahead at once. When the enumeration ends, so have the readings.</summary>
    /// <param name="items">The items.</param>
    /// <param name="atOnce">How many readings may be under way.</param>
    /// <param name="read">Reads; its failure ends the enumeration.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static async IAsyncEnumerable<TResult> Of<T, TResult>(
        IEnumerable<T> items, int atOnce, Func<T, CancellationToken, Task<TResult>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var left = items.GetEnumerator();
        var readings = new Queue<Task<TResult>>(atOnce);
        try
        {
            do
            {
                while (readings.Count < atOnce && left.MoveNext())
                {
                    var item = left.Current;
                    readings.Enqueue(Work.Start(() => read(item, stop.Token), stop.Token));
                }

                if (readings.Count > 0)
                {
                    var result = await readings.Peek().ConfigureAwait(false);
                    _ = readings.Dequeue();
                    yield return result;
                }
            }
            while (readings.Count > 0);
        }
        finally
        {
#pragma warning disable CA1849 // CancelAsync is not in netstandard2.0.
            stop.Cancel();
#pragma warning restore CA1849
            await Task.WhenAll(readings).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    // Never fails itself: a failure reaches the reader after the items that came before it.
    private static async Task FetchAsync<T>(IAsyncEnumerable<T> items, ChannelWriter<T> ahead, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await ahead.WriteAsync(item, cancellationToken).ConfigureAwait(false);
            }

            _ = ahead.TryComplete();
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the reader.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _ = ahead.TryComplete(e);
        }
    }
}
