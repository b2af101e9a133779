using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;

namespace CspMigration.PowerShell.Commands;

/// <summary>Makes suspended subscriptions active again, a base before its add-ons.</summary>
[Cmdlet(VerbsLifecycle.Resume, "Subscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ExpiringSubscription))]
public sealed class ResumeSubscriptionCommand : SubscriptionCommand
{
    private readonly List<ExpiringSubscription> _rows = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!IsOurs(PartnerTenantId, SubscriptionId))
        {
            return;
        }

        _ = TryOperate(SubscriptionId, async (operation, _, token) =>
        {
            var row = await operation.Discovery.ReadAsync(CustomerId!, SubscriptionId!, token).ConfigureAwait(false);
            _rows.Add(row);
        });
        if (_rows.Count > 0 && Flag.IsPlan(IsPlanned))
        {
            // A planned suspension has not happened: there is nothing to take back.
            WriteObject(_rows[_rows.Count - 1]);
            _rows.RemoveAt(_rows.Count - 1);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var row in _rows.OrderBy(row => row.ParentSubscriptionId is not null))
        {
            if (Ask($"Make {row.OfferName} ({row.SubscriptionId}), {row.Quantity} seats, active again", $"{row.CustomerName} ({row.CustomerId})") == GateAnswer.Go)
            {
                _ = TryOperate(row, async (operation, sink, token) =>
                    sink.Output(await operation.Changes.ResumeAsync(row.CustomerId, row.SubscriptionId!, token).ConfigureAwait(false)));
            }
        }
    }
}
