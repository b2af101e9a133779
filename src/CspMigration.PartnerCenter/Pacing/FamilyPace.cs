using System;

namespace CspMigration.PartnerCenter.Pacing;

/// <summary>
/// The pace of one family of calls. It is free until the service first refuses one as too many; from then on as many
/// are sent a minute as the service has been seen to take (docs/partner-center.md §2). Not safe for several threads.
/// </summary>
internal sealed class FamilyPace
{
    // What the service promises each family of a partner (docs/partner-center.md §3, "Throttling").
    private const int DocumentedLimit = 500;
    private const int Fewest = 10;
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(100);

    private readonly SlidingCount _accepted = new();
    private TimeSpan _pausedUntil;
    private TimeSpan _limitSetAt;
    private long _learnedAt = -1;
    private int _underWay;
    private bool _hasHeldBack;

    /// <summary>Calls a minute; null while the service has refused none.</summary>
    private int? Limit { get; set; }

    /// <summary>The callers who wait for a turn.</summary>
    public FairQueue<Waiter> Waiting { get; } = new();

    /// <summary>How long no call may be sent; zero or less where one may be.</summary>
    public TimeSpan WaitFrom(TimeSpan now)
    {
        var pause = _pausedUntil - now;
        if (pause > TimeSpan.Zero || Limit is not { } limit || _accepted.Count(now) + _underWay < limit)
        {
            return pause;
        }

        _hasHeldBack = true;
        var wait = _accepted.TimeUntilBelow(limit - _underWay, now);
        return wait > ShortWait ? wait : ShortWait;
    }

    /// <summary>All wait so long.</summary>
    public void Pause(TimeSpan duration, TimeSpan now)
    {
        if (now + duration > _pausedUntil)
        {
            _pausedUntil = now + duration;
        }
    }

    public void Begin() => _underWay++;

    /// <summary>A call ended before it was sent.</summary>
    public void NotSent() => _underWay--;

    /// <summary>A call ended that the service has counted, or may have.</summary>
    public void Counted(TimeSpan now)
    {
        _underWay--;
        _accepted.Add(now);
        if (Limit is not { } limit)
        {
            return;
        }

        if (_accepted.Count(now) > limit)
        {
            SetLimit(_accepted.Count(now), now);
        }
        else if (_hasHeldBack && now - _limitSetAt > QuietTime)
        {
            // Nothing was refused at the limit for some time: perhaps the service bears more by now.
            SetLimit(limit + Math.Max(1, limit / 50), now);
        }
    }

    /// <summary>A call was refused as one too many. Of calls that were under way together only the first counts.</summary>
    /// <param name="turn">The number of the call's turn.</param>
    /// <param name="lastTurn">The number of the last turn given.</param>
    /// <param name="now">The time.</param>
    public void Throttled(long turn, long lastTurn, TimeSpan now)
    {
        _underWay--;
        if (turn > _learnedAt)
        {
            _learnedAt = lastTurn;
            var taken = _accepted.Count(now);
            SetLimit(Limit is { } limit ? Math.Max(Fewest, Math.Max(taken, limit / 2)) : Math.Max(DocumentedLimit, taken), now);
        }
    }

    private void SetLimit(int limit, TimeSpan now)
    {
        Limit = limit;
        _limitSetAt = now;
        _hasHeldBack = false;
    }
}
