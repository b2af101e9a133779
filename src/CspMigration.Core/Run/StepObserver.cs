using System;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core.Run;

/// <summary>What the steps of a run say, without their progress: the run counts sources, and one bar can show one count.</summary>
internal sealed class StepObserver : IOperationObserver
{
    private readonly IOperationObserver _run;

    public StepObserver(IOperationObserver run) => _run = run;

    public bool DebugEnabled => _run.DebugEnabled;

    public void Warning(string message) => _run.Warning(message);

    public void Verbose(string message) => _run.Verbose(message);

    public void Debug(string message) => _run.Debug(message);

    public void Progress(string status, int done, int? total)
    {
    }

    public void Waiting(string reason, TimeSpan duration) => _run.Waiting(reason, duration);

    public void RunHandler(Action handler) => _run.RunHandler(handler);
}
