using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;

namespace CspMigration.Core.Suspension;

/// <summary>A decided ending of a source on its way to the service.</summary>
internal sealed class EndingChange : PlannedChange
{
    private readonly SuspensionStep _step;
    private readonly SuspensionPlan _plan;
    private readonly SuspensionOptions _options;
    private readonly Action<SuspendedSubscription> _ended;

    /// <param name="step">What plans and makes it.</param>
    /// <param name="plan">What was decided.</param>
    /// <param name="options">How it is to end.</param>
    /// <param name="ended">Gets the result, also a planned one.</param>
    public EndingChange(SuspensionStep step, SuspensionPlan plan, SuspensionOptions options, Action<SuspendedSubscription> ended)
    {
        _step = step;
        _plan = plan;
        _options = options;
        _ended = ended;
    }

    public override CustomerId CustomerId => _plan.Request.Customer;

    public override bool NeedsWrite => _plan.NeedsWrite;

    public override ConfirmationRequest Request => new() { Action = _plan.ActionText, Customer = _plan.CustomerText, IsPlanned = _plan.Request.IsPlanned };

    public override Task ReportPlannedAsync()
    {
        if (_plan.Request is { Before: { } before, Id: { } subscriptionId })
        {
            before.Add(subscriptionId, _plan.Ends, _plan.Planned.Outcome);
        }

        _ended(_plan.Planned);
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<PlannedChange>> PlanAgainAsync(CancellationToken cancellationToken)
    {
        return [new EndingChange(_step, await _step.PlanAsync(_plan.Request, _options, cancellationToken).ConfigureAwait(false), _options, _ended)];
    }

    public override bool IsSameAs(PlannedChange other)
    {
        return other is EndingChange ending && ending.Request == Request && ending._plan.Change == _plan.Change && ending._plan.Planned.Outcome == _plan.Planned.Outcome;
    }

    public override async Task<ExecutedChange> ExecuteAsync(CancellationToken cancellationToken)
    {
        var suspended = await _step.ExecuteAsync(_plan, cancellationToken).ConfigureAwait(false);
        return suspended is null ? ExecutedChange.ReplacedBy(await PlanAgainAsync(cancellationToken).ConfigureAwait(false)) : ExecutedChange.Of(() =>
        {
            _ended(suspended);
            return Task.CompletedTask;
        });
    }
}
