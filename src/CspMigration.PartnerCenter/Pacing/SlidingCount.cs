using System;

namespace CspMigration.PartnerCenter.Pacing;

/// <summary>
/// How often something happened within the last minute. Counted in tenths of a second, each until it has wholly left
/// the minute: memory stays the same at any rate, and no event is forgotten too early.
/// </summary>
internal sealed class SlidingCount
{
    private const int Steps = 600;
    private static readonly long Step = TimeSpan.FromMinutes(1).Ticks / Steps;

    private readonly int[] _counts = new int[Steps + 1];
    private long _newest;
    private int _total;

    /// <summary>Counts one event.</summary>
    /// <param name="now">Time since a fixed moment; never less than before.</param>
    public void Add(TimeSpan now)
    {
        MoveTo(now);
        _counts[_newest % _counts.Length]++;
        _total++;
    }

    public int Count(TimeSpan now)
    {
        MoveTo(now);
        return _total;
    }

    /// <summary>How long until the count has fallen below a number, if nothing more happens.</summary>
    public TimeSpan TimeUntilBelow(int number, TimeSpan now)
    {
        MoveTo(now);
        var left = _total;
        var step = Math.Max(0, _newest - Steps);
        for (; left >= number && step <= _newest; step++)
        {
            left -= _counts[step % _counts.Length];
        }

        return left == _total ? TimeSpan.Zero : TimeSpan.FromTicks(((step + Steps) * Step) - now.Ticks);
    }

    private void MoveTo(TimeSpan now)
    {
        for (var target = now.Ticks / Step; _newest < target;)
        {
            // After a long quiet there is nothing to step through.
            _newest = _total == 0 ? target : _newest + 1;
            var leaving = _newest % _counts.Length;
            _total -= _counts[leaving];
            _counts[leaving] = 0;
        }
    }
}
