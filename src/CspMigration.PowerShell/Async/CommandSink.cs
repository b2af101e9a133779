using System;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PowerShell.Errors;

namespace CspMigration.PowerShell.Async;

/// <summary>Brings what an operation says to the streams of the cmdlet that runs it.</summary>
internal sealed class CommandSink : IOperationObserver
{
    private readonly Cmdlet _cmdlet;
    private readonly PipelinePump _pump;
    private readonly ProgressBar _progress;

    public CommandSink(Cmdlet cmdlet, PipelinePump pump, ProgressBar progress, bool debugEnabled)
    {
        _cmdlet = cmdlet;
        _pump = pump;
        _progress = progress;
        DebugEnabled = debugEnabled;
    }

    public bool DebugEnabled { get; }

    public void Output(object item) => _pump.Post(() => _cmdlet.WriteObject(item));

    public void Error(CspMigrationException error, object? target) => _pump.Post(() => _cmdlet.WriteError(ErrorRecords.From(error, target)));

    public void Warning(string message) => _pump.Post(() => _cmdlet.WriteWarning(message));

    public void Verbose(string message) => _pump.Post(() => _cmdlet.WriteVerbose(message));

    public void Debug(string message) => _pump.Post(() => _cmdlet.WriteDebug(message));

    public void Progress(string status, int done, int? total) => Show(_progress.Advance(status, done, total));

    public void Waiting(string reason, TimeSpan duration) => Show(_progress.Wait(reason, duration));

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
