using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Purchasing;

/// <summary>
/// Waits until a bought subscription's seats are there: its provisioning says success and the tenant's units show it
/// (API docs §12, "Lag").
/// </summary>
internal sealed class SeatWaiter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly MigrationOperation _operation;

    public SeatWaiter(MigrationOperation operation) => _operation = operation;

    /// <summary>Waits.</summary>
    /// <param name="view">The customer; its units are read anew.</param>
    /// <param name="subscriptionId">The bought subscription.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Contracts.CspMigrationException"><c>ProvisioningPending</c>: failed, or not there in time.</exception>
    public async Task WaitAsync(CustomerView view, string subscriptionId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var startedAt = _operation.Time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            var status = await _operation.Client.Subscriptions.GetProvisioningStatusAsync(view.CustomerId, subscriptionId, cancellationToken).ConfigureAwait(false);
            if (status.Failed)
            {
                throw ErrorCatalog.ProvisioningPending.Exception(
                    $"The service failed to provision the subscription {subscriptionId}.",
                    view.CustomerId,
                    subscriptionId,
                    action: "Open a support request for the new subscription; run the same line again when it is provisioned.");
            }

            if (status.Succeeded && await AreSeatsThereAsync(view, subscriptionId, status, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            if (_operation.Time.GetElapsedTime(startedAt) + pause > timeout)
            {
                throw ErrorCatalog.ProvisioningPending.Exception(
                    $"The seats of the subscription {subscriptionId} are not there after {timeout.TotalMinutes:0} minutes.", view.CustomerId, subscriptionId);
            }

            _operation.Observer.Waiting("for the seats to be provisioned", pause);
            await _operation.Time.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    // Other subscriptions of the same offer share the pool: only when the units of all of them show are ours among them.
    private static async Task<bool> AreSeatsThereAsync(CustomerView view, string subscriptionId, ProvisioningStatus status, CancellationToken cancellationToken)
    {
        view.Changed();
        await view.ReadSeatsAheadAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var target = subscriptions.FirstOrDefault(subscription => CustomerView.Same(subscription.Id, subscriptionId));
        if (target is null || status.SkuId is null)
        {
            return false;
        }

        var expected = subscriptions
            .Where(subscription => subscription.IsActive && CustomerView.Same(subscription.OfferId, target.OfferId))
            .Sum(subscription => subscription.Quantity);
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        return LicensePool.Of(skus, status.SkuId).Active >= expected;
    }

    private static TimeSpan Longer(TimeSpan pause)
    {
        var longer = TimeSpan.FromTicks(pause.Ticks * 2);
        return longer > LongestPause ? LongestPause : longer;
    }
}
