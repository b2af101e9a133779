using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;

namespace CspMigration.Core.Reporting.Content;

/// <summary>Seats of some sources, and of their targets.</summary>
internal sealed class Seats
{
    public Seats(IReadOnlyCollection<SubscriptionMigration> migrations)
    {
        Before = migrations.Sum(migration => migration.Source?.Quantity ?? 0);

        // One purchase may serve several sources; in a plan it has no id yet, and the others are covered by it.
        var targets = migrations.Select(migration => migration.CurrentTarget).OfType<TargetSubscription>().ToList();
        After = targets.Where(target => target.TargetSubscriptionId is null && target.Outcome != TargetOutcome.Covered).Sum(target => target.Quantity)
            + targets
                .Where(target => target.TargetSubscriptionId is not null)
                .GroupBy(target => target.TargetSubscriptionId, StringComparer.OrdinalIgnoreCase)
                .Sum(target => target.Max(row => row.Quantity));
    }

    public int Before { get; }

    public int After { get; }
}
