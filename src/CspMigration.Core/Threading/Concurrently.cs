using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace CspMigration.Core.Threading;

/// <summary>Runs one piece of work for each of many items, some at once.</summary>
internal static class Concurrently
{
    // Enough to keep every worker busy while a page is on its way.
    private const int ReadAhead = 256;

    /// <summary>Does several things side by side; the first failure stops the others and is thrown once they have ended.</summary>
    public static Task AllAsync(CancellationToken cancellationToken, params Func<CancellationToken, Task>[] works)
    {
        return ForEachAsync(works, works.Length, (work, token) => work(token), cancellationToken);
    }

    /// <summary>
    /// Works through items that arrive in pages: a page is read while the end of the one before is worked on.
    /// Failures and the end are as with a list.
    /// </summary>
    public static Task ForEachAsync<T>(
        IAsyncEnumerable<IReadOnlyList<T>> pages, int atOnce, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var items = Channel.CreateBounded<T>(ReadAhead);
        return ForEachAsync(
            Enumerable.Range(0, atOnce + 1),
            atOnce + 1,
            (number, token) => number == 0 ? ReadAsync(token) : WorkAsync(token),
            cancellationToken);

        async Task ReadAsync(CancellationToken token)
        {
            await foreach (var page in pages.WithCancellation(token).ConfigureAwait(false))
            {
                foreach (var item in page)
                {
                    await items.Writer.WriteAsync(item, token).ConfigureAwait(false);
                }
            }

            items.Writer.Complete();
        }

        async Task WorkAsync(CancellationToken token)
        {
            while (await items.Reader.WaitToReadAsync(token).ConfigureAwait(false))
            {
                while (items.Reader.TryRead(out var item))
                {
                    await work(item, token).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Works through a list and hands the results out one by one in its order, as with items that arrive in pages.</summary>
    public static Task ForEachInOrderAsync<T, TResult>(
        IEnumerable<T> items, int atOnce, Func<T, CancellationToken, Task<TResult>> work, Func<TResult, Task> handOut, CancellationToken cancellationToken)
    {
        return ForEachInOrderAsync(OnePage(), atOnce, work, handOut, cancellationToken);

        async IAsyncEnumerable<IReadOnlyList<T>> OnePage()
        {
            await Task.CompletedTask.ConfigureAwait(false);
            yield return [.. items];
        }
    }

    /// <summary>
    /// Works through items that arrive in pages: each worker takes its next one itself, so that none waits for another
    /// thread. Results are handed out one by one in the order of the items; a slow reader of them slows the work down.
    /// Failures and the end are as with a list.
    /// </summary>
    public static async Task ForEachInOrderAsync<T, TResult>(
        IAsyncEnumerable<IReadOnlyList<T>> pages, int atOnce, Func<T, CancellationToken, Task<TResult>> work, Func<TResult, Task> handOut, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The bound keeps few results in memory. It is wider than what is worked on at once, because an item that takes long
        // holds up the handing out of those behind, not the work.
        using var results = new OrderedResults<TResult>(atOnce * 2, handOut);
        var items = new PagedItems<T>(pages, stop.Token);
        try
        {
            await ForEachAsync(Enumerable.Range(0, atOnce), atOnce, (_, token) => WorkAsync(token), stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await items.DisposeAsync().ConfigureAwait(false);
        }

        async Task WorkAsync(CancellationToken token)
        {
            try
            {
                await results.WaitForPlaceAsync(token).ConfigureAwait(false);
                while (await items.TakeAsync(token).ConfigureAwait(false) is { } taken)
                {
                    await results.AddAsync(taken.Number, await work(taken.Item, token).ConfigureAwait(false)).ConfigureAwait(false);
                    await results.WaitForPlaceAsync(token).ConfigureAwait(false);
                }
            }
            catch
            {
#pragma warning disable CA1849 // CancelAsync is not in netstandard2.0.
                // The fetching of a page ends too.
                stop.Cancel();
#pragma warning restore CA1849
                throw;
            }
        }
    }

    /// <summary>
    /// Works through the items with a number of workers. The first failure stops the others and is thrown; when this
    /// returns or throws, no worker is left.
    /// </summary>
    public static async Task ForEachAsync<T>(IEnumerable<T> items, int atOnce, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = items.GetEnumerator();
        var gate = new object();
        var workers = new List<Task>(atOnce);
        for (var i = 0; i < atOnce; i++)
        {
            workers.Add(Work.Start(WorkAsync, CancellationToken.None));
        }

        try
        {
            await Task.WhenAll(workers).ConfigureAwait(false);
        }
        finally
        {
            source.Dispose();
        }

        cancellationToken.ThrowIfCancellationRequested();

        async Task WorkAsync()
        {
            while (TryTake(out var item))
            {
                try
                {
                    await work(item, stop.Token).ConfigureAwait(false);
                }
                catch
                {
#pragma warning disable CA1849 // CancelAsync is not in netstandard2.0.
                    stop.Cancel();
#pragma warning restore CA1849
                    throw;
                }
            }
        }

        bool TryTake(out T item)
        {
            lock (gate)
            {
                var any = !stop.IsCancellationRequested && source.MoveNext();
                item = any ? source.Current : default!;
                return any;
            }
        }
    }
}
