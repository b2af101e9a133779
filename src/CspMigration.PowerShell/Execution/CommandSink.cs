using System;
using System.Management.Automation;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Observation;
using CspMigration.PowerShell.Errors;

namespace CspMigration.PowerShell.Execution;

/// <summary>Brings what an operation says to the streams of the cmdlet that runs it.</summary>
internal sealed class CommandSink : IOperationObserver
{
    // A shorter wait is no news: the service paces every large run.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(5);

    private readonly CspCommand _cmdlet;
    private readonly PipelinePump _pump;
    private readonly ProgressBar _progress;
    private readonly bool _tellsDecisions;
    private readonly bool _isProgressSeen;

    public CommandSink(CspCommand cmdlet, PipelinePump pump, ProgressBar progress)
    {
        _cmdlet = cmdlet;
        _pump = pump;
        _progress = progress;
        DebugEnabled = cmdlet.IsDebugEnabled();
        _tellsDecisions = DebugEnabled || cmdlet.IsVerboseEnabled();
        _isProgressSeen = cmdlet.IsProgressSeen();
    }

    public bool DebugEnabled { get; }

    /// <summary>Writes one of many results, and waits while the reader downstream has too many to read. No thread waits meanwhile.</summary>
    public Task OutputAsync(object item) => OutputAsync(() => _cmdlet.WriteResult(item));

    /// <summary>The same, where writing is more than that.</summary>
    /// <param name="write">Writes the result, on the pipeline thread.</param>
    public Task OutputAsync(Action write) => _pump.PostObjectAsync(write);

    /// <summary>Has the pipeline thread answer something.</summary>
    public Task<T> InvokeAsync<T>(Func<T> question) => _pump.InvokeAsync(question);

    public void Error(CspMigrationException error, object? target) => _pump.Post(() => _cmdlet.WriteError(ErrorRecords.From(error, target)));

    public void Warning(string message) => _pump.Post(() => _cmdlet.Warn(message));

    public void Verbose(string message)
    {
        if (_tellsDecisions)
        {
            _pump.Post(() => _cmdlet.WriteDecision(message));
        }
    }

    public void Debug(string message) => _pump.Post(() => _cmdlet.WriteDebug(message));

    public void Progress(string status, int done, int? total, string? detail) => Show(_progress.Advance(status, done, total, detail));

    // Where the bar is not seen, one warning for each reason says why nothing goes on, and the verbose messages report every wait.
    public void Waiting(string reason, TimeSpan duration)
    {
        if (!_isProgressSeen && duration >= LongWait)
        {
            Warning($"Waiting: {reason}. The command continues automatically; -Verbose reports each wait.");
        }

        if (_progress.Wait(reason, duration) is { } record)
        {
            Verbose($"{record.StatusDescription}.");
            Show(record);
        }
    }

    public void RunHandler(Action handler) => _pump.Post(() =>
    {
        try
        {
            handler();
        }
        catch (CspMigrationException e)
        {
            _cmdlet.WriteError(ErrorRecords.From(e, target: null));
        }
    });

    private void Show(ProgressRecord? record)
    {
        if (record is not null)
        {
            _pump.Offer(() => _cmdlet.WriteProgress(record));
        }
    }
}
