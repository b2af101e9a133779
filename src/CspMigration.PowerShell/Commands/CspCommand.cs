using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PowerShell.Async;
using CspMigration.PowerShell.Errors;

namespace CspMigration.PowerShell.Commands;

/// <summary>What every cmdlet of the module does alike: asynchronous work, stopping, and errors.</summary>
public abstract class CspCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Always true: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    /// <summary>Runs asynchronous work on behalf of the pipeline thread.</summary>
    /// <exception cref="CspMigrationException">The work failed.</exception>
    private protected void Run(Func<CommandSink, CancellationToken, Task> work)
    {
        var progress = new ProgressBar(MyInvocation.MyCommand.Name);
        using var pump = new PipelinePump(_stopping.Token);
        try
        {
            pump.Run(token => work(new CommandSink(this, pump, progress, IsDebugEnabled()), token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (progress.IsShown && !_stopping.IsCancellationRequested)
            {
                WriteProgress(progress.Completed());
            }
        }
    }

    /// <summary>The same, where a failure concerns one record only: it is reported, and the next record goes on.</summary>
    /// <param name="target">The input object; null for the customer or subscription the failure names.</param>
    /// <param name="work">The work.</param>
    /// <returns>Whether it succeeded.</returns>
    private protected bool TryRun(object? target, Func<CommandSink, CancellationToken, Task> work)
    {
        try
        {
            Run(work);
            return true;
        }
        catch (CspMigrationException e)
        {
            WriteError(ErrorRecords.From(e, target));
            return false;
        }
    }

    /// <summary>Ends the command: nothing of it can work.</summary>
    private protected void Terminate(CspMigrationException error, object? target = null) => ThrowTerminatingError(ErrorRecords.From(error, target));

    private bool IsDebugEnabled()
    {
        return MyInvocation.BoundParameters.TryGetValue("Debug", out var value)
            ? value is SwitchParameter { IsPresent: true }
            : !string.Equals(GetVariableValue("DebugPreference")?.ToString(), "SilentlyContinue", StringComparison.OrdinalIgnoreCase);
    }
}
