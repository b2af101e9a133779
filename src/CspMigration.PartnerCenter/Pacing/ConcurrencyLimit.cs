using System;

namespace CspMigration.PartnerCenter.Pacing;

/// <summary>
/// How many calls may be under way at once: grows while all is well, halves when the service says it is too much
/// (docs/partner-center.md §2). Not safe for several threads.
/// </summary>
internal sealed class ConcurrencyLimit
{
    /// <summary>
    /// At 50 ms a call so many send 29,000 a minute, 58 times what is promised each family. More make a large customer's run
    /// faster still (32: by a quarter), but use less of each place, because answers that come together wait for each other;
    /// fewer than 23 would no longer be 20 times as fast as a script that calls one by one.
    /// </summary>
    public const int First = 24;

    /// <summary>As many connections as there may be to the service.</summary>
    public const int Most = 256;

    private const int Fewest = 4;

    // Below the first limit a lost place is won back in one round of calls; beyond it the service is tried out slowly.
    private const int RoundsBeforeOneMore = 128;

    private readonly int _first;
    private int _successes;
    private long _halvedAt = -1;

    /// <param name="first">How many to begin with.</param>
    public ConcurrencyLimit(int first = First)
    {
        _first = first;
        Current = first;
    }

    public int Current { get; private set; }

    /// <summary>A call went well.</summary>
    /// <param name="isUsedUp">Whether more calls would have been sent, had there been places.</param>
    public void Succeeded(bool isUsedUp)
    {
        var round = Current < _first ? Current : Current * RoundsBeforeOneMore;
        if (isUsedUp && Current < Most && ++_successes >= round)
        {
            Current++;
            _successes = 0;
        }
    }

    /// <summary>A call was refused as one too many. Of calls that were under way together only the first counts.</summary>
    /// <param name="turn">The number of the call's turn.</param>
    /// <param name="lastTurn">The number of the last turn given.</param>
    public void Throttled(long turn, long lastTurn)
    {
        if (turn > _halvedAt)
        {
            _halvedAt = lastTurn;
            _successes = 0;
            Current = Math.Max(Fewest, Current / 2);
        }
    }
}
