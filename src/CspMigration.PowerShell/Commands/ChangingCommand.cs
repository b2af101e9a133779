using System;
using System.Management.Automation;
using CspMigration.Core.Errors;

namespace CspMigration.PowerShell.Commands;

/// <summary>A cmdlet that changes something at the service: every change passes one gate, on the pipeline thread.</summary>
public abstract class ChangingCommand : ConnectedCommand
{
    /// <summary>Asks for a change, as -WhatIf, -Confirm and the preferences say.</summary>
    /// <param name="action">What would be done, as a sentence without its end.</param>
    /// <param name="customer">For whom.</param>
    /// <param name="isPlanned">Whether the record is a planned one: the change is shown, and nobody is asked.</param>
    /// <param name="remark">What else to know, as a sentence; empty for nothing.</param>
    private protected GateAnswer Ask(string action, string customer, bool isPlanned = false, string remark = "")
    {
        var more = remark.Length == 0 ? "" : $" {remark}";
        if (isPlanned)
        {
            ShowPlanned(action, customer, more);
            return GateAnswer.Plan;
        }

        try
        {
            if (ShouldProcess($"{action} for {customer}.{more}", $"{action} for {customer}?{more}", MyInvocation.MyCommand.Name, out var reason))
            {
                return GateAnswer.Go;
            }

            if (reason == ShouldProcessReason.WhatIf)
            {
                return GateAnswer.Plan;
            }

            WriteDecision($"Declined: {action} for {customer}.");
            return GateAnswer.Declined;
        }
        catch (Exception e) when (Prompts.IsFailure(e))
        {
            Terminate(ErrorCatalog.Create("ConfirmationNeeded", "This change has to be confirmed, and nobody can be asked."));
            return GateAnswer.Declined;
        }
    }

    /// <summary>Shows a change that is not asked for because the record is only planned, as -WhatIf shows it.</summary>
    private protected static void ShowPlanned(string action, string customer, string more = "") => ShowPlannedChangeCommand.Show($"{action} for {customer}.{more}");

    /// <summary>
    /// Ends the command where a confirmation would be needed and nobody can give it. Most changes find that out when they
    /// ask; this is for one that has to send something first.
    /// </summary>
    private protected void RequirePrompt()
    {
        if (WouldPrompt() && !Prompts.CanAsk(Host))
        {
            Terminate(ErrorCatalog.Create("ConfirmationNeeded", "This change has to be confirmed, and nobody can be asked."));
        }
    }

    /// <summary>Whether -WhatIf is on, by switch or by preference: for a step that has nothing to send and so nothing to ask.</summary>
    private protected bool IsWhatIf()
    {
        return MyInvocation.BoundParameters.TryGetValue("WhatIf", out var value)
            ? value is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
    }

    private bool WouldPrompt()
    {
        if (MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm))
        {
            return confirm is SwitchParameter { IsPresent: true };
        }

        var impact = ((CmdletAttribute)Attribute.GetCustomAttribute(GetType(), typeof(CmdletAttribute))).ConfirmImpact;
        return LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
            && preference != ConfirmImpact.None
            && impact >= preference;
    }
}
