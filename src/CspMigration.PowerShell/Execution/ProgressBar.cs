using System;
using System.Management.Automation;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Execution;

/// <summary>A command's one progress bar.</summary>
internal sealed class ProgressBar
{
    private const int ActivityId = 27410;

    private readonly string _activity;
    private readonly ProgressMeter _meter = new();

    public ProgressBar(string activity) => _activity = activity;

    /// <summary>Whether anything has been shown that must be taken away again.</summary>
    public bool IsShown { get; private set; }

    /// <summary>Counting starts again.</summary>
    public void Begin() => _meter.Begin();

    /// <summary>The record to show; null where the last update is too recent.</summary>
    public ProgressRecord? Advance(string status, int done, int? total, string? detail) => Show(_meter.Advance(status, done, total, detail));

    /// <summary>The record that says what is waited for; null where there is nothing new to say.</summary>
    public ProgressRecord? Wait(string reason, TimeSpan duration) => Show(_meter.Wait(reason, duration));

    /// <summary>The record that takes the bar away.</summary>
    public ProgressRecord Complete()
    {
        IsShown = false;
        return new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed };
    }

    private ProgressRecord? Show(ProgressReport? report)
    {
        if (report is null)
        {
            return null;
        }

        IsShown = true;
        return new ProgressRecord(ActivityId, _activity, report.Status) { PercentComplete = report.PercentComplete, SecondsRemaining = report.SecondsRemaining };
    }
}
