using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Sources that become their targets in place (docs/rules.md, rule 27): the service moves the licenses, so that only those are moved by hand
/// whom it has left on the former one.
/// </summary>
internal sealed class InPlaceMoves
{
    // Between the seats and the licenses nothing is promised: what does not begin until then is moved by hand.
    private static readonly TimeSpan LongestToBegin = TimeSpan.FromMinutes(10);

    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly TimeSpan _timeout;
    private readonly bool _planOnly;

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="timeout">How long to wait for the service at most.</param>
    /// <param name="planOnly">Whether nothing is sent, and nothing waited for.</param>
    public InPlaceMoves(MigrationOperation operation, CustomerView view, TimeSpan timeout, bool planOnly)
    {
        _operation = operation;
        _view = view;
        _timeout = timeout;
        _planOnly = planOnly;
    }

    /// <summary>Whether a source itself becomes the target.</summary>
    public static bool IsInPlace(TargetSubscription target) => target.Outcome is TargetOutcome.Transitioned or TargetOutcome.Scheduled;

    /// <summary>Waits for transitions, and tells the targets whose users can be moved by hand from those that are not there yet.</summary>
    /// <exception cref="CspMigrationException"><c>TransitionFailed</c>; <c>ProvisioningPending</c>: not done in time.</exception>
    public async Task<(IReadOnlyList<TargetSubscription> Ready, IReadOnlyList<LicenseMove> Waiting)> SplitAsync(IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var ready = new List<TargetSubscription>();
        var waiting = new List<LicenseMove>();
        foreach (var target in targets)
        {
            if (!IsInPlace(target) || await IsThereAsync(target, cancellationToken).ConfigureAwait(false))
            {
                ready.Add(target);
            }
            else
            {
                waiting.Add(await DescribeAsync(target, cancellationToken).ConfigureAwait(false));
            }
        }

        return (ready, waiting);
    }

    private async Task<bool> IsThereAsync(TargetSubscription target, CancellationToken cancellationToken)
    {
        var id = target.SourceId!.Value;
        if (target is { Outcome: TargetOutcome.Transitioned, IsPlanned: false } && !_planOnly)
        {
            await AwaitTransitionAsync(target, id, cancellationToken).ConfigureAwait(false);
        }

        var current = await _operation.Client.Subscriptions.GetAsync(_view.CustomerId, id, cancellationToken).ConfigureAwait(false);
        if (!current.OfferId.IsSameAs(target.CatalogItem))
        {
            return false;
        }

        // What has renewed as the target did so because it renews: turned off since, that is someone's decision.
        if (!_planOnly && target.Outcome == TargetOutcome.Transitioned && !current.AutoRenewEnabled)
        {
            await HaveRenewAsync(current, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    // A transition drops what was scheduled, and whether the target renews is taken over from the source: users shall not lose it again.
    private async Task HaveRenewAsync(Subscription target, CancellationToken cancellationToken)
    {
        var changed = await _operation.Client.Subscriptions.SetTermEndAsync(_view.CustomerId, target.Id, EndOfTermSetting.Renew, cancellationToken).ConfigureAwait(false);
        if (!changed.AutoRenewEnabled)
        {
            throw TargetDuration.Expires(_view.CustomerId, changed, "is the target");
        }

        _operation.Observer.Verbose($"{target.OfferName} ({target.Id}) has been set to renew.");
    }

    private async Task AwaitTransitionAsync(TargetSubscription target, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        var startedAt = _operation.Time.GetTimestamp();
        for (var pause = PollingPause.First; ; pause = PollingPause.After(pause))
        {
            var transitions = await _operation.Client.Transitions.ListAsync(_view.CustomerId, subscriptionId, cancellationToken).ConfigureAwait(false);
            var ours = transitions.Where(transition => InPlaceChange.IsOf(transition, subscriptionId, target.CatalogItem, target.Quantity)).ToList();
            if (ours.Count > 0 && ours.TrueForAll(transition => transition.HasFailed))
            {
                throw ErrorCatalog.TransitionFailed.Exception(
                    $"The transition of {target.Source?.OfferName} ({subscriptionId}) to {target.OfferName} has failed: {ours[0].Problem}", _view.CustomerId, subscriptionId);
            }

            var current = ours.Find(transition => !transition.HasFailed);
            var isToBegin = current is { IsConverted: true, IsYetToMoveLicenses: true } && target.LicenseMoveNeeded && _operation.Time.GetElapsedTime(startedAt) < LongestToBegin;
            if (current is null || (current is { IsConverted: true, IsMovingLicenses: false } && !isToBegin))
            {
                if (current?.HasLeftUsers == true)
                {
                    _operation.Observer.Verbose($"{target.CustomerName}: the service has left users on {target.Source?.OfferName}: they are moved by the module. {current.Problem}");
                }

                return;
            }

            if (_operation.Time.GetElapsedTime(startedAt) + pause > _timeout)
            {
                throw ErrorCatalog.ProvisioningPending.Exception(
                    $"The transition of {target.Source?.OfferName} ({subscriptionId}) is not done after {_timeout.TotalMinutes:0} minutes.", _view.CustomerId, subscriptionId);
            }

            _operation.Observer.Waiting("for the transition", pause);
            await _operation.Time.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // In a plan the transition counts as done, by the service; what is scheduled is not done before the term ends.
    private async Task<LicenseMove> DescribeAsync(TargetSubscription target, CancellationToken cancellationToken)
    {
        var isComplete = target.Outcome == TargetOutcome.Transitioned || !target.LicenseMoveNeeded;
        var holders = isComplete || target.SourceSkuId is null ? 0 : LicensePool.Of(await _view.SkusAsync(cancellationToken).ConfigureAwait(false), target.SourceSku).Consumed;
        _operation.Observer.Verbose(isComplete
            ? $"{target.CustomerName}, {target.Source?.OfferName}: the service moves the licenses."
            : $"{target.CustomerName}, {target.Source?.OfferName}: it becomes {target.OfferName} after {UtcDay.Of(target.Source?.CommitmentEndDate)}, and the service moves the licenses then.");
        return new LicenseMove
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = target.CustomerId,
            CustomerName = target.CustomerName,
            SourceSubscriptionId = target.SourceSubscriptionId,
            TargetSubscriptionId = target.TargetSubscriptionId,
            SourceSkuId = target.SourceSkuId,
            TargetSkuId = target.SkuId,
            Remaining = holders,
            IsComplete = isComplete && (_planOnly || target.IsPlanned),
            IsPlanned = _planOnly || target.IsPlanned,
            Target = target,
        };
    }
}
