using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core;
using CspMigration.Core.Changes;
using CspMigration.Core.Errors;

namespace CspMigration.PowerShell.Execution;

/// <summary>The gate that every change of a cmdlet passes: -WhatIf, -Confirm and the preferences decide, on the pipeline thread.</summary>
internal sealed class ChangeGate
{
    private readonly ConnectedCommand _command;
    private readonly string _promptNote;
    private bool _confirmsAll;
    private bool _declinesAll;

    /// <param name="command">The cmdlet, which supports ShouldProcess.</param>
    /// <param name="promptNote">What its prompts end with; a space before it.</param>
    public ChangeGate(ConnectedCommand command, string promptNote = "")
    {
        _command = command;
        _promptNote = promptNote;
    }

    /// <summary>Runs an operation that changes something, where a failure concerns one record only.</summary>
    public bool TryChange(object? target, Func<MigrationClient, CommandSink, IConfirmer, CancellationToken, Task> work)
    {
        var plansOnly = IsWhatIf();
        return _command.TryOperate(target, (client, sink, token) => work(client, sink, new CommandConfirmer(this, sink, plansOnly), token));
    }

    /// <summary>The result of such an operation; null where it failed, which is reported, or has none.</summary>
    public T? TryChange<T>(object? target, Func<MigrationClient, CommandSink, IConfirmer, CancellationToken, Task<T>> work)
        where T : class?
    {
        T? result = null;
        _ = TryChange(target, async (client, sink, confirmer, token) => { result = await work(client, sink, confirmer, token).ConfigureAwait(false); });
        return result;
    }

    /// <summary>Asks for a change, as -WhatIf, -Confirm and the preferences say. Only on the pipeline thread.</summary>
    public ConfirmationAnswer Confirm(ConfirmationRequest request)
    {
        var (action, customer) = (request.Action, request.Customer);
        var more = request.Remark.Length == 0 ? "" : $" {request.Remark}";
        if (request.IsPlanned)
        {
            ShowPlanned(action, customer, more);
            return ConfirmationAnswer.PlanOnly;
        }

        try
        {
            var question = $"{action} for {customer}?{more}{_promptNote}";
            if (_command.ShouldProcess($"{action} for {customer}.{more}", question, _command.MyInvocation.MyCommand.Name, out var reason))
            {
                return !request.HasHighImpact || ConfirmsHighImpact(question) ? ConfirmationAnswer.Confirmed : Decline();
            }

            if (reason == ShouldProcessReason.WhatIf)
            {
                return ConfirmationAnswer.PlanOnly;
            }

            return Decline();
        }
        catch (Exception e) when (Prompts.IsFailure(e))
        {
            TerminateWithoutPrompt();
            return ConfirmationAnswer.Declined;
        }

        ConfirmationAnswer Decline()
        {
            _command.WriteDecision($"Declined: {action} for {customer}.");
            return ConfirmationAnswer.Declined;
        }
    }

    // Confirmed also by a cmdlet whose other changes are of lower impact.
    private bool ConfirmsHighImpact(string question)
    {
        return !WouldPrompt(ConfirmImpact.High) || WouldPrompt(Impact)
            || _command.ShouldContinue(question, _command.MyInvocation.MyCommand.Name, hasSecurityImpact: false, ref _confirmsAll, ref _declinesAll);
    }

    /// <summary>Shows a change that is not asked for because the record is only planned, as -WhatIf shows it.</summary>
    public static void ShowPlanned(string action, string customer, string more = "") => ShowPlannedChangeCommand.Show($"{action} for {customer}.{more}");

    /// <summary>
    /// Ends the command where a confirmation would be needed and no one can give it. Most changes find that out when they
    /// ask; this is for one that has to send something first.
    /// </summary>
    public void RequirePrompt()
    {
        if (WouldPrompt(Impact) && !Prompts.CanAsk(_command.Host))
        {
            TerminateWithoutPrompt();
        }
    }

    private void TerminateWithoutPrompt()
    {
        _command.Terminate(ErrorCatalog.Create("ConfirmationNeeded", "This change has to be confirmed, and this session can't show a prompt."));
    }

    // Known before anything is asked: a step that has nothing to send asks nothing.
    private bool IsWhatIf()
    {
        return _command.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var value)
            ? value is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(_command.GetVariableValue("WhatIfPreference"));
    }

    private ConfirmImpact Impact => ((CmdletAttribute)Attribute.GetCustomAttribute(_command.GetType(), typeof(CmdletAttribute))).ConfirmImpact;

    private bool WouldPrompt(ConfirmImpact impact)
    {
        if (_command.MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm))
        {
            return confirm is SwitchParameter { IsPresent: true };
        }

        return LanguagePrimitives.TryConvertTo(_command.GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
            && preference != ConfirmImpact.None
            && impact >= preference;
    }
}
