using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;

namespace CspMigration.Core.Licenses;

/// <summary>The license moves of one customer on their way to the service. They are confirmed target by target, before their users are counted.</summary>
internal sealed class LicenseMoveChange : PlannedChange
{
    private readonly TargetSubscription _target;
    private readonly CustomerLicenseMove? _move;
    private readonly Func<IReadOnlyList<LicenseMove>, Task> _reportAsync;

    /// <param name="target">The target, or the first of several.</param>
    /// <param name="move">All moves of the customer, whose users have been read; null while only one is confirmed.</param>
    /// <param name="reportAsync">Gets the results.</param>
    public LicenseMoveChange(TargetSubscription target, CustomerLicenseMove? move, Func<IReadOnlyList<LicenseMove>, Task> reportAsync)
    {
        _target = target;
        _move = move;
        _reportAsync = reportAsync;
    }

    public override CustomerId CustomerId => _target.Customer;

    public override bool NeedsWrite => _move?.IsNeeded ?? _target.LicenseMoveNeeded;

    public override ConfirmationRequest Request => new()
    {
        Action = $"Move users' licenses from {_target.Source?.OfferName ?? _target.SourceSubscriptionId} to {_target.OfferName}",
        Customer = $"{_target.CustomerName} ({_target.CustomerId})",
    };

    /// <summary>The move to one target, to be confirmed.</summary>
    public static LicenseMoveChange Of(TargetSubscription target) => new(target, move: null, _ => Task.CompletedTask);

    public override Task ReportPlannedAsync() => Task.CompletedTask;

    // Who moves is counted under the turn; what was confirmed names no number.
    public override async Task<IReadOnlyList<PlannedChange>> PlanAgainAsync(CancellationToken cancellationToken)
    {
        await _move!.CountAgainAsync(cancellationToken).ConfigureAwait(false);
        return [this];
    }

    public override bool IsSameAs(PlannedChange other) => other == this;

    public override async Task<ExecutedChange> ExecuteAsync(CancellationToken cancellationToken)
    {
        var moves = await _move!.RunAsync(cancellationToken).ConfigureAwait(false);
        return ExecutedChange.Of(() => _reportAsync(moves));
    }
}
