using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;

namespace CspMigration.Core.Rollback;

/// <summary>The decided undo of one migration on its way to the service.</summary>
internal sealed class UndoChange : PlannedChange
{
    private readonly UndoStep _step;
    private readonly UndoRequest _undo;
    private readonly UndoPlan _plan;
    private readonly Action<SubscriptionMigration> _undone;

    /// <param name="step">What plans and makes it.</param>
    /// <param name="undo">What is to be rolled back.</param>
    /// <param name="plan">What was decided.</param>
    /// <param name="undone">Gets the result, also a planned one.</param>
    public UndoChange(UndoStep step, UndoRequest undo, UndoPlan plan, Action<SubscriptionMigration> undone)
    {
        _step = step;
        _undo = undo;
        _plan = plan;
        _undone = undone;
    }

    public override CustomerId CustomerId => _undo.Customer;

    public override bool NeedsWrite => _plan.NeedsWrite;

    // What is found undone already is written into the journal too.
    public override bool NeedsJournal => true;

    public override ConfirmationRequest Request => new() { Action = _plan.ActionText, Customer = _plan.CustomerText };

    public override Task ReportPlannedAsync()
    {
        _undone(_plan.Planned);
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<PlannedChange>> PlanAgainAsync(CancellationToken cancellationToken)
    {
        _undo.Moved = null;
        return [new UndoChange(_step, _undo, await _step.PlanAsync(_undo, cancellationToken).ConfigureAwait(false), _undone)];
    }

    public override bool IsSameAs(PlannedChange other)
    {
        return other is UndoChange undo
            && undo.Request == Request
            && undo._plan.Licenses.Updates.Select(update => update.Holder.User.Id).SequenceEqual(_plan.Licenses.Updates.Select(update => update.Holder.User.Id))
            && undo._plan.Licenses.Groups.Select(group => group.Group.Id).SequenceEqual(_plan.Licenses.Groups.Select(group => group.Group.Id));
    }

    public override async Task<ExecutedChange> ExecuteAsync(CancellationToken cancellationToken)
    {
        var undone = await _step.ExecuteAsync(_plan, cancellationToken).ConfigureAwait(false);
        return ExecutedChange.Of(() =>
        {
            _undone(undone);
            return Task.CompletedTask;
        });
    }
}
