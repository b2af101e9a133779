using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Changes;

namespace CspMigration.PowerShell.Execution;

/// <summary>Has the pipeline thread of a cmdlet confirm changes, as its -WhatIf and -Confirm and the preferences say.</summary>
internal sealed class CommandConfirmer : IConfirmer
{
    private readonly ChangingCommand _command;
    private readonly CommandSink _sink;

    /// <param name="command">The cmdlet.</param>
    /// <param name="sink">Reaches its pipeline thread.</param>
    /// <param name="plansOnly">Whether -WhatIf is on, which only the pipeline thread can read.</param>
    public CommandConfirmer(ChangingCommand command, CommandSink sink, bool plansOnly)
    {
        _command = command;
        _sink = sink;
        IsPlanOnly = plansOnly;
    }

    public bool IsPlanOnly { get; }

    public bool AnswersAtOnce => false;

    public Task RequirePromptAsync(CancellationToken cancellationToken) => _sink.InvokeAsync(() =>
    {
        _command.RequirePrompt();
        return true;
    });

    public Task<ConfirmationAnswer> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        return _sink.InvokeAsync(() => _command.Confirm(request));
    }
}
