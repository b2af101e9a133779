using System.Threading;
using CspMigration.Core.Threading;
using Xunit;

namespace CspMigration.Core.Tests.Threading;

public sealed class OpenWorkTests
{
    private int _freed;

    [Fact]
    public void Closing_with_no_work_under_way_frees_at_once_and_once()
    {
        var work = new OpenWork(() => _freed++);

        work.Dispose();
        work.Dispose();

        Assert.True(work.IsClosed);
        Assert.Equal(1, _freed);
        Assert.Null(work.TryBegin(CancellationToken.None));
    }

    [Fact]
    public void Closing_cancels_the_work_and_frees_when_the_last_of_it_has_ended()
    {
        var work = new OpenWork(() => _freed++);
        var one = work.TryBegin(CancellationToken.None)!;
        var other = work.TryBegin(CancellationToken.None)!;

        work.Dispose();
        Assert.True(one.Token.IsCancellationRequested);
        Assert.True(other.Token.IsCancellationRequested);

        one.Dispose();
        Assert.Equal(0, _freed);
        other.Dispose();
        Assert.Equal(1, _freed);
    }

    [Fact]
    public void Work_that_ends_when_it_is_canceled_frees_on_the_closing_thread()
    {
        var work = new OpenWork(() => _freed++);
        var piece = work.TryBegin(CancellationToken.None)!;
        using var ending = piece.Token.Register(piece.Dispose);

        work.Dispose();

        Assert.Equal(1, _freed);
    }

    [Fact]
    public void Work_that_ends_leaves_the_rest_open()
    {
        using var work = new OpenWork(() => _freed++);

        work.TryBegin(CancellationToken.None)!.Dispose();

        Assert.False(work.IsClosed);
        Assert.Equal(0, _freed);
        using var next = work.TryBegin(CancellationToken.None);
        Assert.NotNull(next);
    }

    [Fact]
    public void The_callers_token_cancels_its_own_work_alone()
    {
        using var caller = new CancellationTokenSource();
        using var work = new OpenWork(() => _freed++);
        using var own = work.TryBegin(caller.Token)!;
        using var other = work.TryBegin(CancellationToken.None)!;

        caller.Cancel();

        Assert.True(own.Token.IsCancellationRequested);
        Assert.False(other.Token.IsCancellationRequested);
    }
}
