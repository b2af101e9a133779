using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Customers;

/// <summary>What a plan has ended so far: what comes later counts it as gone.</summary>
public sealed class PlannedSuspensions
{
    private readonly HashSet<SubscriptionId> _ended = [];
    private readonly HashSet<SubscriptionId> _runningOut = [];

    /// <summary>Takes a step of the plan into account.</summary>
    /// <param name="subscriptionId">What it ends.</param>
    /// <param name="ends">Whether it is active no more afterwards.</param>
    /// <param name="outcome">How it ends.</param>
    internal void Add(SubscriptionId subscriptionId, bool ends, SuspensionOutcome outcome)
    {
        _ = ends && _ended.Add(subscriptionId);
        _ = outcome is SuspensionOutcome.AutoRenewOff or SuspensionOutcome.LeftToTermEnd or SuspensionOutcome.EndsWithTerm && _runningOut.Add(subscriptionId);
    }

    /// <summary>Whether a subscription is active no more.</summary>
    internal bool HasEnded(SubscriptionId subscriptionId) => _ended.Contains(subscriptionId);

    /// <summary>The same, or for the rest of its term only.</summary>
    internal bool IsGoing(SubscriptionId subscriptionId) => HasEnded(subscriptionId) || _runningOut.Contains(subscriptionId);
}
