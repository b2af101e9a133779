using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Threading;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.Threading;

public sealed class ConcurrentlyTests
{
    private const int AtOnce = 4;

    [Fact]
    public async Task Results_come_in_the_order_of_the_items_whichever_is_ready_first()
    {
        var ready = Enumerable.Range(0, AtOnce).Select(_ => new TaskCompletionSource()).ToList();
        var results = new List<int>();
        var working = 0;

        var run = Concurrently.ForEachInOrderAsync(
            Pages([0, 1], [], [2, 3]),
            AtOnce,
            async (item, _) =>
            {
                if (Interlocked.Increment(ref working) == AtOnce)
                {
                    ready[3].SetResult();
                }

                await ready[item].Task;
                if (item > 0)
                {
                    ready[item - 1].SetResult();
                }

                return item;
            },
            Results.Into(results),
            CancellationToken.None);
        await run;

        Assert.Equal([0, 1, 2, 3], results);
    }

    [Fact]
    public async Task While_the_first_result_is_awaited_few_others_are_made()
    {
        var first = new TaskCompletionSource();
        var made = 0;

        var run = Concurrently.ForEachInOrderAsync(
            Pages([.. Enumerable.Range(0, 100)]),
            AtOnce,
            async (item, _) =>
            {
                if (item == 0)
                {
                    await first.Task;
                }
                else if (Interlocked.Increment(ref made) == (AtOnce * 2) - 1)
                {
                    // No other may be begun before the first is handed out, so no one else would end the wait.
                    first.SetResult();
                }

                return item;
            },
            Results.Each<int>(item =>
            {
                if (item == 0)
                {
                    Assert.Equal((AtOnce * 2) - 1, Volatile.Read(ref made));
                }
            }),
            CancellationToken.None);
        await run;

        Assert.Equal(99, made);
    }

    [Fact]
    public async Task The_first_failure_ends_the_work_and_the_fetching_of_pages()
    {
        var isFetchingEnded = false;

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => Concurrently.ForEachInOrderAsync<int, int>(
            PagesWithoutEndAsync(() => isFetchingEnded = true),
            AtOnce,
            (_, _) => throw new InvalidOperationException(),
            _ => Task.CompletedTask,
            CancellationToken.None));

        Assert.True(isFetchingEnded);
    }

    [Fact]
    public async Task A_reader_who_fails_gets_no_further_result()
    {
        var taken = 0;

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => Concurrently.ForEachInOrderAsync(
            Pages([.. Enumerable.Range(0, 100)]),
            AtOnce,
            (item, _) => Task.FromResult(item),
            _ =>
            {
                taken++;
                throw new InvalidOperationException();
            },
            CancellationToken.None));

        Assert.Equal(1, taken);
    }

    [Fact]
    public async Task While_the_reader_takes_a_result_few_others_are_made_and_no_thread_waits()
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var made = 0;

        var run = Concurrently.ForEachInOrderAsync(
            Pages([.. Enumerable.Range(0, 100)]),
            AtOnce,
            (item, _) =>
            {
                // Whoever brings the first result waits for the reader without a thread, so the others bring theirs.
                if (Interlocked.Increment(ref made) == AtOnce * 2)
                {
                    taken.SetResult();
                }

                return Task.FromResult(item);
            },
            item => item == 0 ? taken.Task : Task.CompletedTask,
            CancellationToken.None);
        await run;

        Assert.Equal(100, made);
    }

    private static async IAsyncEnumerable<IReadOnlyList<int>> Pages(params IReadOnlyList<int>[] pages)
    {
        foreach (var page in pages)
        {
            await Task.Yield();
            yield return page;
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<int>> PagesWithoutEndAsync(
        Action ended, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            yield return [0];
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            ended();
        }
    }
}
