using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Planning;

namespace CspMigration.Core.Migration.Purchasing;

/// <summary>What came of a plan.</summary>
public sealed class PurchaseResult
{
    internal PurchaseResult(IReadOnlyList<TargetSubscription> targets, PurchasePlanning? replanned)
    {
        Targets = targets;
        Replanned = replanned;
    }

    /// <summary>One object a source.</summary>
    public IReadOnlyList<TargetSubscription> Targets { get; }

    /// <summary>What to do instead, to be asked for anew, because legacy orders are closed; null where the plan was carried out.</summary>
    public PurchasePlanning? Replanned { get; }
}
