using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace CspMigration.PowerShell.Async;

/// <summary>A command's one progress bar: counts, rate and time left; a few updates a second at most.</summary>
internal sealed class ProgressBar
{
    private const int ActivityId = 27410;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _activity;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly object _gate = new();
    private TimeSpan _nextUpdate;
    private string? _stage;
    private TimeSpan _stageStart;

    public ProgressBar(string activity) => _activity = activity;

    /// <summary>Whether anything has been shown that must be taken away again.</summary>
    public bool IsShown { get; private set; }

    /// <summary>The record to show; null where the last update is too recent.</summary>
    public ProgressRecord? Advance(string status, int done, int? total)
    {
        lock (_gate)
        {
            if (_stage != status)
            {
                _stage = status;
                _stageStart = _clock.Elapsed;
            }

            if (!IsDue())
            {
                return null;
            }

            var seconds = Math.Max((_clock.Elapsed - _stageStart).TotalSeconds, 0.001);
            var rate = done / seconds;
            var counts = total is { } all ? $"{done} of {all}" : done.ToString(CultureInfo.CurrentCulture);
            var record = Record(string.Format(CultureInfo.CurrentCulture, "{0}: {1}, {2:0.#} a second", status, counts, rate));
            if (total is > 0)
            {
                record.PercentComplete = (int)Math.Min(100L, 100L * done / total.Value);
                record.SecondsRemaining = rate > 0 ? (int)Math.Min(int.MaxValue, (total.Value - done) / rate) : -1;
            }

            return record;
        }
    }

    /// <summary>The record that says what is waited for; null where the last update is too recent.</summary>
    public ProgressRecord? Wait(string reason, TimeSpan duration)
    {
        lock (_gate)
        {
            // Short pauses pass faster than anybody reads.
            return duration < Interval || !IsDue()
                ? null
                : Record(string.Format(CultureInfo.CurrentCulture, "{0}, waiting {1:0} s", reason, Math.Ceiling(duration.TotalSeconds)));
        }
    }

    /// <summary>The record that takes the bar away.</summary>
    public ProgressRecord Completed() => new(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed };

    private bool IsDue()
    {
        if (_clock.Elapsed < _nextUpdate)
        {
            return false;
        }

        _nextUpdate = _clock.Elapsed + Interval;
        return true;
    }

    private ProgressRecord Record(string status)
    {
        IsShown = true;
        return new ProgressRecord(ActivityId, _activity, status);
    }
}
