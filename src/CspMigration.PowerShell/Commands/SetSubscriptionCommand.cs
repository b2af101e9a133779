using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Suspension;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Sets seats, renewal or nickname of a subscription.</summary>
[Cmdlet(VerbsCommon.Set, "Subscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ExpiringSubscription))]
public sealed class SetSubscriptionCommand : SubscriptionCommand
{
    /// <summary>The subscription's id; of the record of a migration, the target's, which is empty while there is none.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TargetSubscriptionId")]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public override string? SubscriptionId { get; set; }

    /// <summary>Number of seats.</summary>
    [Parameter]
    [ValidateRange(1, 1000000)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int? Quantity { get; set; }

    /// <summary>Whether the service renews it at its end.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    [FlagArgument]
    public bool? AutoRenew { get; set; }

    /// <summary>What happens at the end of its term. In new commerce, -AutoRenew $false means Cancel and $true Renew.</summary>
    [Parameter]
    public EndOfTermChoice? EndOfTerm { get; set; }

    /// <summary>The nickname.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? FriendlyName { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (AutoRenew is { } renews && EndOfTerm is { } choice && renews != (choice == EndOfTermChoice.Renew))
        {
            Terminate(ErrorCatalog.Create("AmbiguousEnd", $"-AutoRenew ${(renews ? "true" : "false")} and -EndOfTerm {choice} contradict one another."));
        }

        if (Quantity is null && AutoRenew is null && EndOfTerm is null && FriendlyName is null)
        {
            Terminate(ErrorCatalog.Create("NothingToChange", "None of -Quantity, -AutoRenew, -EndOfTerm and -FriendlyName was specified."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (string.IsNullOrWhiteSpace(SubscriptionId))
        {
            PassOver();
            return;
        }

        if (ReadRow() is not { } row || Flag.IsPlan(IsPlanned))
        {
            return;
        }

        var settings = new SubscriptionSettings { Quantity = Quantity, AutoRenew = AutoRenew, EndOfTerm = EndOfTerm, FriendlyName = FriendlyName };
        if (Gate.TryChange(row, (client, _, confirmer, token) => client.Changes.SetAsync(row.CustomerId, row.SubscriptionId!, settings, confirmer, token)) is { } changed)
        {
            WriteResult(changed);
        }
    }

    // A plan has yet to buy its target: there is nothing to change, and nothing wrong.
    private void PassOver()
    {
        if (Flag.IsPlan(IsPlanned))
        {
            WriteDecision($"The target is only planned for {CustomerId}: there is nothing to change yet.");
        }
        else
        {
            WriteError(ErrorRecords.From(
                ErrorCatalog.Create("NotOurSubscription", $"The record of {CustomerId} names no subscription to change: its migration has no target."), CustomerId));
        }
    }
}
