using System;
using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Migration.Suspension;

/// <summary>What a plan has ended so far: what comes later counts it as gone.</summary>
public sealed class PlannedSuspensions
{
    private readonly HashSet<string> _ended = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _runningOut = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a step of the plan into account.</summary>
    public void Add(SuspensionPlan plan)
    {
        if (plan.Request.SubscriptionId is { } subscriptionId)
        {
            _ = plan.Ends && _ended.Add(subscriptionId);
            _ = plan.Planned.Outcome is SuspensionOutcome.AutoRenewOff or SuspensionOutcome.LeftToTermEnd && _runningOut.Add(subscriptionId);
        }
    }

    /// <summary>Whether a subscription is active no more.</summary>
    internal bool HasEnded(string subscriptionId) => _ended.Contains(subscriptionId);

    /// <summary>The same, or for the rest of its term only.</summary>
    internal bool IsGoing(string subscriptionId) => HasEnded(subscriptionId) || _runningOut.Contains(subscriptionId);
}
