using System;

namespace CspMigration.Core.PartnerCenter.Pacing;

/// <summary>
/// How many calls may be under way at once: grows while all is well, halves when the service says it is too much
/// (design §5). Not safe for several threads.
/// </summary>
internal sealed class ConcurrencyLimit
{
    /// <summary>Enough to hide the service's latency at every rate that its documentation promises.</summary>
    public const int First = 32;

    /// <summary>As many connections as there may be to the service.</summary>
    public const int Most = 256;

    private const int Fewest = 4;

    // Below the first limit a lost place is won back in one round of calls; beyond it the service is tried out slowly.
    private const int RoundsBeforeOneMore = 64;

    private int _successes;
    private long _halvedAt = -1;

    public int Current { get; private set; } = First;

    /// <summary>A call went well.</summary>
    /// <param name="isUsedUp">Whether more calls would have been sent, had there been places.</param>
    public void Succeeded(bool isUsedUp)
    {
        var round = Current < First ? Current : Current * RoundsBeforeOneMore;
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
