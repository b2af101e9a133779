using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Changes;

namespace CspMigration.PowerShell.Execution;

/// <summary>Has the pipeline thread of a cmdlet confirm changes, as its -WhatIf and -Confirm and the preferences say.</summary>
internal sealed class CommandConfirmer : IConfirmer
{
    private readonly ChangeGate _gate;
    private readonly CommandSink _sink;

    /// <param name="gate">The cmdlet's gate.</param>
    /// <param name="sink">Reaches the pipeline thread of the cmdlet.</param>
    /// <param name="plansOnly">Whether -WhatIf is on, which only the pipeline thread can read.</param>
    public CommandConfirmer(ChangeGate gate, CommandSink sink, bool plansOnly)
    {
        _gate = gate;
        _sink = sink;
        IsPlanOnly = plansOnly;
    }

    public bool IsPlanOnly { get; }

    public bool AnswersAtOnce => false;

    public Task RequirePromptAsync(CancellationToken cancellationToken) => _sink.InvokeAsync(() =>
    {
        _gate.RequirePrompt();
        return true;
    });

    public Task<ConfirmationAnswer> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        return _sink.InvokeAsync(() => _gate.Confirm(request));
    }
}
