using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.TestSupport;

/// <summary>Keeps all an operation tells its caller, in order, from any number of threads.</summary>
public sealed class RecordingObserver : IOperationObserver
{
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<string> _verbose = new();
    private readonly ConcurrentQueue<string> _debug = new();
    private readonly ConcurrentQueue<(string Status, int Done, int? Total)> _progress = new();
    private readonly ConcurrentQueue<(string Reason, TimeSpan Duration)> _waits = new();

    /// <inheritdoc/>
    public bool DebugEnabled { get; init; } = true;

    /// <summary>The warnings.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>The decisions.</summary>
    public IReadOnlyCollection<string> VerboseLines => _verbose;

    /// <summary>The calls.</summary>
    public IReadOnlyCollection<string> DebugLines => _debug;

    /// <summary>How far it came.</summary>
    public IReadOnlyCollection<(string Status, int Done, int? Total)> ProgressReports => _progress;

    /// <summary>What it waited for, and how long.</summary>
    public IReadOnlyCollection<(string Reason, TimeSpan Duration)> Waits => _waits;

    /// <summary>All text, to search for what must not be in it.</summary>
    public string AllText => string.Join('\n', [.. _warnings, .. _verbose, .. _debug]);

    /// <inheritdoc/>
    public void Warning(string message) => _warnings.Enqueue(message);

    /// <inheritdoc/>
    public void Verbose(string message) => _verbose.Enqueue(message);

    /// <inheritdoc/>
    public void Debug(string message) => _debug.Enqueue(message);

    /// <inheritdoc/>
    public void Progress(string status, int done, int? total, string? detail = null) => _progress.Enqueue((detail is null ? status : $"{status}; {detail}", done, total));

    /// <inheritdoc/>
    public void Waiting(string reason, TimeSpan duration) => _waits.Enqueue((reason, duration));

    /// <inheritdoc/>
    public void RunHandler(Action handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        handler();
    }
}
