using CspMigration.PartnerCenter.Pacing;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Pacing;

public sealed class ConcurrencyLimitTests
{
    [Fact]
    public void It_grows_only_where_more_calls_would_be_sent()
    {
        var limit = new ConcurrencyLimit();
        Succeed(limit, 10_000, isUsedUp: false);
        Assert.Equal(ConcurrencyLimit.First, limit.Current);

        Succeed(limit, 10_000, isUsedUp: true);
        Assert.InRange(limit.Current, ConcurrencyLimit.First + 1, ConcurrencyLimit.Most);
    }

    [Fact]
    public void It_never_grows_beyond_the_connections_there_are()
    {
        var limit = new ConcurrencyLimit();
        Succeed(limit, 5_000_000, isUsedUp: true);
        Assert.Equal(ConcurrencyLimit.Most, limit.Current);
    }

    [Fact]
    public void A_lost_place_is_won_back_faster_than_a_new_one_is_won()
    {
        var limit = new ConcurrencyLimit();
        limit.Throttled(turn: 1, lastTurn: 1);
        var calls = 0;
        for (; limit.Current < ConcurrencyLimit.First; calls++)
        {
            limit.Succeeded(isUsedUp: true);
        }

        var before = limit.Current;
        Succeed(limit, calls, isUsedUp: true);
        Assert.True(limit.Current - before < ConcurrencyLimit.First / 2);
    }

    [Fact]
    public void It_halves_no_further_than_a_few()
    {
        var limit = new ConcurrencyLimit();
        for (var turn = 0; turn < 20; turn++)
        {
            limit.Throttled(turn, turn);
        }

        Assert.Equal(4, limit.Current);
    }

    private static void Succeed(ConcurrencyLimit limit, int times, bool isUsedUp)
    {
        for (var i = 0; i < times; i++)
        {
            limit.Succeeded(isUsedUp);
        }
    }
}
