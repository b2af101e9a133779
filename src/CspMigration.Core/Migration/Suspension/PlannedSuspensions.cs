using System;
using System.Collections.Generic;

namespace CspMigration.Core.Migration.Suspension;

/// <summary>What a plan has ended so far: for a base that comes later, its add-ons among them count as gone.</summary>
public sealed class PlannedSuspensions
{
    private readonly HashSet<string> _subscriptionIds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a step of the plan into account. What is left to run out stays active.</summary>
    public void Add(SuspensionPlan plan)
    {
        if (plan.Ends && plan.Request.SubscriptionId is { } subscriptionId)
        {
            _ = _subscriptionIds.Add(subscriptionId);
        }
    }

    internal bool Contains(string subscriptionId) => _subscriptionIds.Contains(subscriptionId);
}
