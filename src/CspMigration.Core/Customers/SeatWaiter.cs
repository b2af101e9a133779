using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>
/// Waits until the seats of bought subscriptions are there: their provisioning says success and the tenant's units show it
/// (docs/partner-center.md §12, "Lag").
/// </summary>
internal sealed class SeatWaiter
{
    private const int PollsAtOnce = 8;

    private readonly MigrationOperation _operation;

    public SeatWaiter(MigrationOperation operation) => _operation = operation;

    /// <summary>Waits for the seats of all.</summary>
    /// <param name="view">The customer; its units are read again.</param>
    /// <param name="subscriptionIds">The bought subscriptions.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Contracts.CspMigrationException"><c>ProvisioningFailed</c>; <c>ProvisioningPending</c>: not there in time.</exception>
    public async Task WaitAsync(CustomerView view, IReadOnlyCollection<SubscriptionId> subscriptionIds, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var startedAt = _operation.Time.GetTimestamp();
        var pending = subscriptionIds.ToList();
        var provisioned = new ConcurrentDictionary<SubscriptionId, ProvisioningStatus>();
        for (var pause = PollingPause.First; pending.Count > 0; pause = PollingPause.After(pause))
        {
            // Units that show the seats show them whether they were read before or after the status.
            var isFirst = pause == PollingPause.First;
            var seats = isFirst ? view.ReadSeatsAheadAsync(cancellationToken) : Task.CompletedTask;
            await Concurrently.ForEachAsync(
                pending.Where(id => !provisioned.ContainsKey(id)), PollsAtOnce, (id, token) => PollAsync(view.CustomerId, id, provisioned, token), cancellationToken).ConfigureAwait(false);
            await seats.ConfigureAwait(false);
            if (isFirst)
            {
                await RemoveThoseThereAsync().ConfigureAwait(false);
            }

            if (!provisioned.IsEmpty)
            {
                view.Changed();
                await view.ReadSeatsAheadAsync(cancellationToken).ConfigureAwait(false);
                await RemoveThoseThereAsync().ConfigureAwait(false);
            }

            if (pending.Count > 0)
            {
                await PauseAsync(view.CustomerId, pending[0], pause, startedAt, timeout, cancellationToken).ConfigureAwait(false);
            }
        }

        async Task RemoveThoseThereAsync()
        {
            foreach (var subscription in provisioned)
            {
                if (await AreSeatsThereAsync(view, subscription.Key, subscription.Value, cancellationToken).ConfigureAwait(false))
                {
                    _ = pending.Remove(subscription.Key);
                    _ = provisioned.TryRemove(subscription.Key, out _);
                }
            }
        }
    }

    private async Task PollAsync(
        CustomerId customerId, SubscriptionId subscriptionId, ConcurrentDictionary<SubscriptionId, ProvisioningStatus> provisioned, CancellationToken cancellationToken)
    {
        var status = await _operation.Client.Subscriptions.GetProvisioningStatusAsync(customerId, subscriptionId, cancellationToken).ConfigureAwait(false);
        if (status.Failed)
        {
            throw ErrorCatalog.ProvisioningFailed.Exception($"The service failed to provision the subscription {subscriptionId}.", customerId, subscriptionId);
        }

        if (status.Succeeded)
        {
            provisioned[subscriptionId] = status;
        }
    }

    private async Task PauseAsync(
        CustomerId customerId, SubscriptionId subscriptionId, TimeSpan pause, long startedAt, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_operation.Time.GetElapsedTime(startedAt) + pause > timeout)
        {
            throw ErrorCatalog.ProvisioningPending.Exception(
                $"The seats of the subscription {subscriptionId} are not there after {timeout.TotalMinutes:0} minutes.", customerId, subscriptionId);
        }

        _operation.Observer.Waiting("for the seats to be provisioned", pause);
        await _operation.Time.Delay(pause, cancellationToken).ConfigureAwait(false);
    }

    // Other subscriptions of the same offer share the pool: only when the units of all of them show are ours among them.
    private static async Task<bool> AreSeatsThereAsync(CustomerView view, SubscriptionId subscriptionId, ProvisioningStatus status, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var target = subscriptions.FirstOrDefault(subscription => subscription.Id.Is(subscriptionId));
        if (target is null || status.SkuId is null)
        {
            return false;
        }

        var expected = subscriptions
            .Where(subscription => subscription.IsActive && subscription.OfferId.IsSameAs(target.OfferId))
            .Sum(subscription => subscription.Quantity);
        return (await view.SkuAsync(status.SkuId, cancellationToken).ConfigureAwait(false))?.ActiveUnits >= expected;
    }
}
