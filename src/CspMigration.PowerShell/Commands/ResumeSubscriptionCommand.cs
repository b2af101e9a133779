using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Makes suspended subscriptions active again, a base before its add-ons.</summary>
[Cmdlet(VerbsLifecycle.Resume, "Subscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ExpiringSubscription))]
public sealed class ResumeSubscriptionCommand : SubscriptionCommand
{
    private readonly List<ExpiringSubscription> _rows = [];

    /// <summary>The subscription's id; of the record of a migration, the source's.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SourceSubscriptionId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public override string? SubscriptionId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ReadRow() is not { } row)
        {
            return;
        }

        if (Flag.IsPlan(IsPlanned))
        {
            // A planned suspension has not happened: there is nothing to take back.
            WriteResult(row);
        }
        else
        {
            _rows.Add(row);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var row in _rows.OrderBy(row => row.ParentSubscriptionId is not null))
        {
            if (Gate.TryChange(row, (client, _, confirmer, token) => client.Changes.ResumeAsync(row.CustomerId, row.SubscriptionId!, confirmer, token)) is { } resumed)
            {
                WriteResult(resumed);
            }
        }
    }
}
