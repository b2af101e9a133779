using System;
using System.Globalization;
using System.Management.Automation;
using CspMigration.Core.Errors;

namespace CspMigration.PowerShell.Commands;

/// <summary>A cmdlet that changes something at the service: every change passes one gate, on the pipeline thread.</summary>
public abstract class ChangingCommand : ConnectedCommand
{
    /// <summary>Asks for a change, as -WhatIf, -Confirm and the preferences say.</summary>
    /// <param name="action">What would be done, as a sentence without its end.</param>
    /// <param name="customer">For whom.</param>
    private protected GateAnswer Ask(string action, string customer)
    {
        try
        {
            if (ShouldProcess($"{action} for {customer}.", $"{action} for {customer}?", MyInvocation.MyCommand.Name, out var reason))
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

    /// <summary>Says that sources without a row in the SKU map are passed over.</summary>
    private protected void WarnOfUnmapped(int count)
    {
        Warn(string.Format(
            CultureInfo.CurrentCulture,
            "{0} left out, because the SKU map has no row for its product. Test-SubscriptionMigration shows which. Name a target with -Target, or load a map that has the product with Connect-CspPartner -SkuMapPath.",
            count == 1 ? "1 subscription is" : count.ToString(CultureInfo.CurrentCulture) + " subscriptions are"));
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
