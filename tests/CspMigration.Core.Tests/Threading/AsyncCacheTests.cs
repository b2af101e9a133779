using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Threading;
using Xunit;

namespace CspMigration.Core.Tests.Threading;

public sealed class AsyncCacheTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AsyncCache<string, int> _cache = new();
    private readonly TaskCompletionSource<int> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Who_gives_up_waiting_for_another_s_reading_is_free_at_once_and_the_reading_goes_on()
    {
        using var user = new CancellationTokenSource();
        var readings = 0;
        var first = _cache.GetAsync("key", Read, CancellationToken.None);
        var second = _cache.GetAsync("key", Read, user.Token);

        await user.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        var third = _cache.GetAsync("key", Read, CancellationToken.None);
        _answer.SetResult(7);
        Assert.Equal((7, 7, 1), (await first, await third, readings));

        Task<int> Read(CancellationToken token)
        {
            _ = Interlocked.Increment(ref readings);
            return _answer.Task;
        }
    }

    [Fact]
    public async Task Who_gives_up_an_own_reading_waits_for_its_end_and_others_begin_anew()
    {
        using var user = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = false;
        var first = _cache.GetAsync("key", ReadUntilStoppedAsync, user.Token);
        await begun.Task;
        var second = _cache.GetAsync("key", _ => Task.FromResult(8), CancellationToken.None);

        await user.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.True(ended);
        Assert.Equal(8, await second);

        async Task<int> ReadUntilStoppedAsync(CancellationToken token)
        {
            begun.SetResult();
            try
            {
                return await _answer.Task.WaitAsync(token);
            }
            finally
            {
                await Task.Yield();
                ended = true;
            }
        }
    }

    [Fact]
    public async Task A_failed_reading_is_not_kept()
    {
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetAsync("key", _ => throw new InvalidOperationException(), CancellationToken.None));

        Assert.Equal(9, await _cache.GetAsync("KEY", _ => Task.FromResult(9), CancellationToken.None));
    }
}
