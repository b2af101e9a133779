using System;
using System.Collections.Concurrent;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Keeps what an operation says.</summary>
internal sealed class SilentObserver : IOperationObserver
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public bool DebugEnabled => true;

    /// <summary>The warnings among them.</summary>
    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <summary>How far it came.</summary>
    public ConcurrentQueue<(string Status, int Done, int? Total, string? Detail)> Reports { get; } = new();

    public void Warning(string message)
    {
        Messages.Enqueue(message);
        Warnings.Enqueue(message);
    }

    public void Verbose(string message) => Messages.Enqueue(message);

    public void Debug(string message) => Messages.Enqueue(message);

    public void Progress(string status, int done, int? total, string? detail = null) => Reports.Enqueue((status, done, total, detail));

    public void Waiting(string reason, TimeSpan duration) => Messages.Enqueue($"{reason} {duration}");

    public void RunHandler(Action handler) => handler();
}
