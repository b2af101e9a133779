using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>What the service itself can do with a source: change it to the target now, or when its term renews.</summary>
internal sealed class InPlaceMethods
{
    /// <summary>The target as it can be had now; null where it cannot.</summary>
    public TransitionEligibility? Transition { get; init; }

    /// <summary>Why not; null where it can.</summary>
    public string? WhyNoTransition { get; init; }

    /// <summary>The target as it can be had at the renewal; null where it cannot.</summary>
    public TransitionEligibility? Renewal { get; init; }

    /// <summary>Why not; null where it can.</summary>
    public string? WhyNoRenewal { get; init; }

    /// <summary>The methods that a source has.</summary>
    public IEnumerable<MigrationMethod> Available
    {
        get
        {
            yield return MigrationMethod.Purchase;
            if (Transition is not null)
            {
                yield return MigrationMethod.Transition;
            }

            if (Renewal is not null)
            {
                yield return MigrationMethod.Renewal;
            }
        }
    }
}
