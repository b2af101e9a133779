using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>What a migration bought or took for a source, as far as it is known.</summary>
internal sealed class AcquiredTarget
{
    public AcquiredTarget(Subscription? target, TargetOutcome outcome, PurchaseSettled? written, bool isReturned, IReadOnlyList<RelyingSource> others)
    {
        Target = target;
        Outcome = outcome;
        Written = written;
        IsReturned = isReturned;
        Others = others;
    }

    public Subscription? Target { get; }

    public TargetOutcome Outcome { get; }

    /// <summary>What the journal says of how it was got; null where it says nothing.</summary>
    public PurchaseSettled? Written { get; }

    /// <summary>Whether the migration was rolled back before, so that whoever holds the target now was not moved to it.</summary>
    public bool IsReturned { get; }

    /// <summary>The other sources whose users rely on it.</summary>
    public IReadOnlyList<RelyingSource> Others { get; }
}
