using System;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core.Run;

/// <summary>What the steps of a run report. Their progress is shown beside the run's own.</summary>
internal sealed class StepObserver : IOperationObserver
{
    private readonly IOperationObserver _run;
    private readonly RunProgress _progress;

    public StepObserver(IOperationObserver run, RunProgress progress)
    {
        _run = run;
        _progress = progress;
    }

    public bool DebugEnabled => _run.DebugEnabled;

    public void Warning(string message) => _run.Warning(message);

    public void Verbose(string message) => _run.Verbose(message);

    public void Debug(string message) => _run.Debug(message);

    public void Progress(string status, int done, int? total, string? detail) => _progress.Report(status, done, total);

    public void Waiting(string reason, TimeSpan duration) => _run.Waiting(reason, duration);

    public void RunHandler(Action handler) => _run.RunHandler(handler);
}
