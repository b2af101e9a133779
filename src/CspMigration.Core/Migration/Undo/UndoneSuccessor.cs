using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration.Undo;

/// <summary>What a migration bought or took for a source, as far as it is known.</summary>
internal sealed class UndoneSuccessor
{
    public UndoneSuccessor(Subscription? target, TargetOutcome outcome, JournalEntry? written)
    {
        Target = target;
        Outcome = outcome;
        Written = written;
    }

    public Subscription? Target { get; }

    public TargetOutcome Outcome { get; }

    /// <summary>What the journal says of how it was got; null where it says nothing.</summary>
    public JournalEntry? Written { get; }
}
