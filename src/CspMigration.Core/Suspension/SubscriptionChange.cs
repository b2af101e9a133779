using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;

namespace CspMigration.Core.Suspension;

/// <summary>A change of one subscription on its own, on its way to the service.</summary>
internal sealed class SubscriptionChange : PlannedChange
{
    private readonly ExpiringSubscription _row;
    private readonly ExpiringSubscription _planned;
    private readonly Func<CancellationToken, Task<SubscriptionChange>> _planAsync;
    private readonly Func<CancellationToken, Task<ExpiringSubscription>> _executeAsync;
    private readonly Action<ExpiringSubscription> _completed;

    /// <param name="row">The subscription as it is now.</param>
    /// <param name="planned">The same as the change would make it.</param>
    /// <param name="action">What would be done, for a prompt; null where nothing is to be done.</param>
    /// <param name="takesAccess">Whether users may lose their access by it.</param>
    /// <param name="planAsync">Plans it again.</param>
    /// <param name="executeAsync">Makes it, and reads the subscription again.</param>
    /// <param name="completed">Gets the subscription as it is afterwards.</param>
    public SubscriptionChange(
        ExpiringSubscription row,
        ExpiringSubscription planned,
        string? action,
        bool takesAccess,
        Func<CancellationToken, Task<SubscriptionChange>> planAsync,
        Func<CancellationToken, Task<ExpiringSubscription>> executeAsync,
        Action<ExpiringSubscription> completed)
    {
        _row = row;
        _planned = planned with { IsPlanned = true };
        _planAsync = planAsync;
        _executeAsync = executeAsync;
        _completed = completed;
        NeedsWrite = action is not null;
        Request = new ConfirmationRequest { Action = action ?? "", Customer = $"{row.CustomerName} ({row.CustomerId})", HasHighImpact = takesAccess };
    }

    public override CustomerId CustomerId => _row.Customer;

    public override bool NeedsWrite { get; }

    public override ConfirmationRequest Request { get; }

    public override Task ReportPlannedAsync()
    {
        _completed(NeedsWrite ? _planned : _row);
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<PlannedChange>> PlanAgainAsync(CancellationToken cancellationToken)
    {
        return [await _planAsync(cancellationToken).ConfigureAwait(false)];
    }

    public override bool IsSameAs(PlannedChange other) => other.Request == Request;

    public override async Task<ExecutedChange> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = await _executeAsync(cancellationToken).ConfigureAwait(false);
        return ExecutedChange.Of(() =>
        {
            _completed(now);
            return Task.CompletedTask;
        });
    }
}
