using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;

namespace CspMigration.Core.Changes;

/// <summary>A change for one customer as a step has decided it, with what <see cref="ChangeRunner"/> needs to bring it to its end.</summary>
internal abstract class PlannedChange
{
    /// <summary>The customer, whose turn is taken.</summary>
    public abstract CustomerId CustomerId { get; }

    /// <summary>Whether anything would be sent that has to be confirmed.</summary>
    public abstract bool NeedsWrite { get; }

    /// <summary>Whether the journal has to be writable, and known as it is on disk, before the change is planned for the last time.</summary>
    public virtual bool NeedsJournal => NeedsWrite;

    /// <summary>What is asked.</summary>
    public abstract ConfirmationRequest Request { get; }

    /// <summary>Sends what only completes the words of the prompt, and changes nothing for the customer; most have nothing of the kind.</summary>
    public virtual Task<PlannedChange> PrepareAsync(IConfirmer confirmer, CancellationToken cancellationToken) => Task.FromResult(this);

    /// <summary>Reports what would come of it, with nothing sent.</summary>
    public abstract Task ReportPlannedAsync();

    /// <summary>
    /// Reads, checks and counts once more, and decides again: called under the customer's turn, right before the first
    /// request. What cannot be done any more it reports itself.
    /// </summary>
    /// <returns>What would be done now: one change as a rule, none where nothing is left, several where it falls apart.</returns>
    public abstract Task<IReadOnlyList<PlannedChange>> PlanAgainAsync(CancellationToken cancellationToken);

    /// <summary>Whether another change does exactly what was confirmed with this one.</summary>
    public abstract bool IsSameAs(PlannedChange other);

    /// <summary>Fails where other changes must not take the place of this one without a person.</summary>
    public virtual void CheckReplacement(IReadOnlyList<PlannedChange> changes)
    {
    }

    /// <summary>Sends it. Called under the customer's turn, right after <see cref="PlanAgainAsync"/> gave it.</summary>
    public abstract Task<ExecutedChange> ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Reports that it failed; false where the caller of the runner is to get the exception.</summary>
    public virtual Task<bool> TryReportFailureAsync(CspMigrationException failure, CancellationToken cancellationToken) => Task.FromResult(false);
}
