using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Parameters;
using CspMigration.PowerShell.Views;

namespace CspMigration.PowerShell.Execution;

/// <summary>What every cmdlet of the module does alike: asynchronous work, stopping, and errors.</summary>
public abstract class CspCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _refusedBefore = ExpectsOutputOfAttribute.Refused;
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private ProgressBar? _progress;
    private Screen? _screen;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!MyInvocation.BoundParameters.Values.Any(ExpectsOutputOfAttribute.IsRestOfTable))
        {
            ProcessInput();
        }
    }

    /// <summary>Works on what is bound: once without a pipeline, else for each object that came down it.</summary>
    protected virtual void ProcessInput()
    {
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
        var progress = _progress ??= new ProgressBar(MyInvocation.MyCommand.Name);
        progress.Begin();
        using var pump = new PipelinePump(_stopping.Token);
        try
        {
            pump.Run(token => work(new CommandSink(this, pump, progress), token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (progress.IsShown && !_stopping.IsCancellationRequested)
            {
                WriteProgress(progress.Complete());
            }
        }
    }

    /// <summary>Runs asynchronous work that has a result.</summary>
    /// <exception cref="CspMigrationException">The work failed.</exception>
    private protected T Run<T>(Func<CommandSink, CancellationToken, Task<T>> work)
    {
        var result = default(T)!;
        Run(async (sink, token) => { result = await work(sink, token).ConfigureAwait(false); });
        return result;
    }

    /// <summary>Whether there is a pipeline and nothing came down it. What came and was refused has been told as an error.</summary>
    /// <param name="hasInput">Whether an object was taken.</param>
    private protected bool NothingCame(bool hasInput) => MyInvocation.ExpectingInput && !hasInput && ExpectsOutputOfAttribute.Refused == _refusedBefore;

    /// <summary>Ends the command: nothing of it can work.</summary>
    internal void Terminate(CspMigrationException error, object? target = null) => ThrowTerminatingError(ErrorRecords.From(error, target));

    /// <summary>Writes an object of the module, shown as the screen has room.</summary>
    internal void WriteResult(object item) => WriteObject((_screen ??= new Screen(Screen.WidthOf(Host))).Fit(item));

    /// <summary>Writes several.</summary>
    private protected void WriteResults(IEnumerable<object> items)
    {
        foreach (var item in items)
        {
            WriteResult(item);
        }
    }

    /// <summary>Tells a decision and its reason.</summary>
    /// <remarks>Under -Debug, PowerShell stops to ask at every verbose line, hundreds of them, and fails where no one can answer: they are debug lines then.</remarks>
    internal void WriteDecision(string message)
    {
        if (IsBound("Debug") && !MyInvocation.BoundParameters.ContainsKey("Verbose"))
        {
            WriteDebug(message);
        }
        else
        {
            WriteVerbose(message);
        }
    }

    /// <summary>Warns; of two warnings with the same text the second is not told.</summary>
    /// <remarks>Under -Debug, PowerShell writes the warning and then stops to ask: where no one can answer, it has been written and that is enough.</remarks>
    internal void Warn(string message)
    {
        if (!_warnings.Add(message))
        {
            return;
        }

        try
        {
            WriteWarning(message);
        }
        catch (Exception e) when (IsBound("Debug") && Prompts.IsFailure(e))
        {
            WriteDebug("No prompt could be shown whether to continue after the warning.");
        }
    }

    /// <summary>Whether debug lines are shown.</summary>
    internal bool IsDebugEnabled() => IsStreamEnabled("Debug");

    /// <summary>Whether verbose lines are shown.</summary>
    internal bool IsVerboseEnabled() => IsStreamEnabled("Verbose");

    /// <summary>Whether the progress bar is likely to be seen.</summary>
    internal bool IsProgressSeen() => Prompts.IsAttended(Host) && IsPreferred("Progress");

    private bool IsStreamEnabled(string stream) => MyInvocation.BoundParameters.ContainsKey(stream) ? IsBound(stream) : IsPreferred(stream);

    private bool IsPreferred(string stream)
    {
        return GetVariableValue(stream + "Preference")?.ToString() is not { } preference
            || !(preference.Equals("SilentlyContinue", StringComparison.OrdinalIgnoreCase) || preference.Equals("Ignore", StringComparison.OrdinalIgnoreCase));
    }

    private bool IsBound(string name) => MyInvocation.BoundParameters.TryGetValue(name, out var value) && value is SwitchParameter { IsPresent: true };
}
