using System;
using System.Collections.Generic;
using System.Globalization;

namespace CspMigration.Core.Sessions;

/// <summary>
/// Turns what a command tells of its progress into what a bar shows: counts, rate, time left and waits, a few times a
/// second at most, and the last of several: a prompt of the next command may stand below it for hours. Calls may come from any thread.
/// </summary>
public sealed class ProgressMeter
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Over a shorter time a rate says nothing: the first one done would make a thousand a second.
    private static readonly TimeSpan ShortestRate = TimeSpan.FromSeconds(1);

    // How much longer another wait has to be to be worth an update at once.
    private static readonly TimeSpan MuchLonger = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly object _gate = new();
    private readonly Dictionary<string, (TimeSpan Start, int Done)> _stages = new(StringComparer.Ordinal);
    private TimeSpan _nextUpdate;
    private TimeSpan _nextWait;
    private TimeSpan _waitEnd;
    private int _percent = -1;

    /// <summary>A meter for one command.</summary>
    public ProgressMeter()
        : this(TimeProvider.System)
    {
    }

    internal ProgressMeter(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>The command starts to count again, for its next record; it is not shown more often for that.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _stages.Clear();
            _percent = -1;
        }
    }

    /// <summary>What to show; null where the last update is too recent.</summary>
    /// <param name="status">What is being done. Each is counted on its own.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">How many there are; null while unknown.</param>
    /// <param name="detail">What goes on meanwhile; null for nothing.</param>
    public ProgressReport? Advance(string status, int done, int? total, string? detail = null)
    {
        lock (_gate)
        {
            var now = Now;
            if (!_stages.TryGetValue(status, out var stage))
            {
                stage = (now, done);
                _stages.Add(status, stage);
            }

            if (now < _nextUpdate && !(total > 1 && done == total))
            {
                return null;
            }

            _nextUpdate = now + Interval;
            var elapsed = now - stage.Start;
            var rate = elapsed < ShortestRate ? 0 : (done - stage.Done) / elapsed.TotalSeconds;
            _percent = total is > 0 ? (int)Math.Min(100L, 100L * done / total.Value) : -1;
            return new ProgressReport(Describe(status, done, total, rate) + (detail is null ? "" : $"; {detail}"), _percent, TimeLeft(done, total, rate));
        }
    }

    /// <summary>What to show while nothing goes on; null where the wait is short, or a wait as long is shown already.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="duration">For how long.</param>
    public ProgressReport? Wait(string reason, TimeSpan duration)
    {
        lock (_gate)
        {
            var now = Now;

            // Short pauses pass faster than anyone reads. A long one may be the last thing to tell for its whole length: it does not depend on when the counts were shown.
            if (duration < Interval || (now < _nextWait && now + duration < _waitEnd + MuchLonger))
            {
                return null;
            }

            _nextWait = now + MuchLonger;
            _waitEnd = now + duration;
            _nextUpdate = now + Interval;
            var status = string.Format(CultureInfo.CurrentCulture, "{0}, waiting {1:0} s", reason, Math.Ceiling(duration.TotalSeconds));
            return new ProgressReport(status, _percent, secondsRemaining: -1);
        }
    }

    private static string Describe(string status, int done, int? total, double rate)
    {
        var counts = total is { } all
            ? string.Format(CultureInfo.CurrentCulture, "{0}: {1} of {2}", status, done, all)
            : string.Format(CultureInfo.CurrentCulture, "{0}: {1}", status, done);
        return rate > 0 ? string.Format(CultureInfo.CurrentCulture, "{0}, {1:0.#} a second", counts, rate) : counts;
    }

    private static int TimeLeft(int done, int? total, double rate) =>
        total is > 0 && rate > 0 ? (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Max(0, total.Value - done) / rate)) : -1;
}
