using System;
using System.Management.Automation;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PowerShell.Commands;
using CspMigration.PowerShell.Errors;

namespace CspMigration.PowerShell.Async;

/// <summary>Brings what an operation says to the streams of the cmdlet that runs it.</summary>
internal sealed class CommandSink : IOperationObserver
{
    private readonly CspCommand _cmdlet;
    private readonly PipelinePump _pump;
    private readonly ProgressBar _progress;
    private readonly bool _tellsDecisions;

    public CommandSink(CspCommand cmdlet, PipelinePump pump, ProgressBar progress)
    {
        _cmdlet = cmdlet;
        _pump = pump;
        _progress = progress;
        DebugEnabled = cmdlet.IsDebugEnabled();
        _tellsDecisions = DebugEnabled || cmdlet.IsVerboseEnabled();
    }

    public bool DebugEnabled { get; }

    /// <summary>Gives an object, and holds the calling thread up while the reader downstream has too many to read.</summary>
    public void Output(object item) => _pump.PostObject(() => _cmdlet.Give(item));

    /// <summary>The same for one of many calls side by side, which must not each hold a thread up.</summary>
    /// <param name="give">Gives the object, on the pipeline thread.</param>
    public Task OutputAsync(Action give) => _pump.PostObjectAsync(give);

    /// <summary>Has the pipeline thread answer something.</summary>
    public Task<T> AskAsync<T>(Func<T> question) => _pump.AskAsync(question);

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

    public void Progress(string status, int done, int? total) => Show(_progress.Advance(status, done, total));

    // Where nobody sees the bar, the verbose messages say why nothing goes on.
    public void Waiting(string reason, TimeSpan duration)
    {
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
