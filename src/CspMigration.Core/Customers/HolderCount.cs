using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>
/// How many users hold a directory SKU, and how many of them depend on subscriptions that go (docs/rules.md, rule 23): which of the
/// users do cannot be told, because units are pooled, only how many.
/// </summary>
internal sealed class HolderCount
{
    private HolderCount(int holders, int unitsStaying)
    {
        Holders = holders;
        UnitsStaying = unitsStaying;
    }

    /// <summary>Users who hold the SKU.</summary>
    public int Holders { get; }

    /// <summary>Units that stay: so many of them need not be moved.</summary>
    public int UnitsStaying { get; }

    /// <summary>Users who are left without a unit.</summary>
    public int Dependent => Math.Max(0, Holders - UnitsStaying);

    /// <summary>Counts the holders of a SKU.</summary>
    /// <param name="view">The customer.</param>
    /// <param name="skuId">The SKU.</param>
    /// <param name="seatsGoing">The seats of the subscriptions that go.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>: the service does not send a number that this needs.</exception>
    public static async Task<HolderCount> ReadAsync(CustomerView view, SkuId skuId, int seatsGoing, CancellationToken cancellationToken)
    {
        try
        {
            return await CountAsync(view, skuId, seatsGoing, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.CustomerId is null)
        {
            throw e.About(view.CustomerId.ToString(), subscriptionId: null);
        }
    }

    /// <summary>
    /// Counts the users who depend on a subscription, right before some of its seats go. Seats of others that are left to run
    /// out are there for a time only: no user stays on them.
    /// </summary>
    /// <param name="view">The customer.</param>
    /// <param name="skuId">The subscription's SKU.</param>
    /// <param name="subscription">The subscription as it is now.</param>
    /// <param name="seatsKept">The seats that it keeps.</param>
    /// <param name="sources">The sources that its users were moved together with; empty where that is not known.</param>
    /// <param name="planned">What a plan has ended before; null where nothing is planned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>.</exception>
    public static async Task<int> DependentOnAsync(
        CustomerView view, SkuId skuId, Subscription subscription, int seatsKept, IReadOnlyList<SourceKey> sources, PlannedSuspensions? planned, CancellationToken cancellationToken)
    {
        var seatsGoing = subscription.IsActive ? CustomerFacts.SeatsOf(view, subscription) - seatsKept : 0;
        var count = await ReadAsync(view, skuId, seatsGoing, cancellationToken).ConfigureAwait(false);
        if (count.Holders == 0 || count.Dependent > 0)
        {
            return count.Dependent;
        }

        var runningOut = await CustomerFacts.ExpiringSeatsAsync(view, skuId, subscription.Id, sources, planned, cancellationToken).ConfigureAwait(false);
        return Math.Max(0, count.Holders - Math.Max(0, count.UnitsStaying - runningOut));
    }

    private static async Task<HolderCount> CountAsync(CustomerView view, SkuId skuId, int seatsGoing, CancellationToken cancellationToken)
    {
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        if (skus.FirstOrDefault(other => other.SkuId.Is(skuId)) is not { } sku)
        {
            // What was never set up has no units and so no holders; anything else says that there are some.
            var (isSetUp, otherSeats) = await SetUpAsync(view, skuId, cancellationToken).ConfigureAwait(false);
            return isSetUp || seatsGoing > otherSeats ? new HolderCount(LicensePool.OfListed(skus, skuId).Consumed, 0) : new HolderCount(0, 0);
        }

        // Whose units are whose matters only where some would stay for someone.
        var pool = LicensePool.Of(skus, skuId);
        if (pool.Consumed == 0)
        {
            return new HolderCount(0, Math.Max(0, (sku.ActiveUnits ?? 0) - seatsGoing));
        }

        var units = pool.Active > seatsGoing ? Math.Min(pool.Active, (await UnitsInService.CountAsync(view, sku, cancellationToken).ConfigureAwait(false)).Total) : 0;
        return new HolderCount(pool.Consumed, Math.Max(0, units - seatsGoing));
    }

    private static async Task<(bool IsSetUp, int OtherSeats)> SetUpAsync(CustomerView view, SkuId skuId, CancellationToken cancellationToken)
    {
        var (isSetUp, otherSeats) = (false, 0);
        foreach (var subscription in (await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).Where(other => other.IsActive && other.IsLicenseBased))
        {
            var status = await view.ProvisioningAsync(subscription.Id, cancellationToken).ConfigureAwait(false);
            if (status.SkuId.Is(skuId))
            {
                var isOther = status.Failed || status.IsPending;
                isSetUp |= !isOther;
                otherSeats += isOther ? subscription.Quantity : 0;
            }
        }

        return (isSetUp, otherSeats);
    }
}
