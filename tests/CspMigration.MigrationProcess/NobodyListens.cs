using System;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.MigrationProcess;

/// <summary>An observer that keeps nothing.</summary>
internal sealed class NobodyListens : IOperationObserver
{
    public bool DebugEnabled => false;

    public void Warning(string message)
    {
    }

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
    }

    public void Progress(string status, int done, int? total, string? detail = null)
    {
    }

    public void Waiting(string reason, TimeSpan duration)
    {
    }

    public void RunHandler(Action handler) => handler();
}
