using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>
/// How many units of a directory SKU can be relied on. The tenant's own count lags behind the subscriptions: units of one that was just
/// suspended or reduced look as if they came through another channel. So ours count as their subscriptions say, and
/// what is left counts as another channel's only as far as it cannot be what ours have left behind.
/// </summary>
internal sealed class UnitsInService
{
    /// <summary>For so long the count may still show what was deleted (docs/partner-center.md §6 and §8 name 15 minutes for such lags; a day is on the safe side).</summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromDays(1);

    /// <summary>For so long the count of holders may lag behind an update of licenses: several times what is documented.</summary>
    public static readonly TimeSpan CountLag = TimeSpan.FromHours(1);

    private UnitsInService(int ours, int elsewhere)
    {
        Ours = ours;
        Elsewhere = elsewhere;
    }

    /// <summary>Seats of our active subscriptions.</summary>
    public int Ours { get; }

    /// <summary>Units of other channels.</summary>
    public int Elsewhere { get; }

    /// <summary>Both.</summary>
    public int Total => Ours + Elsewhere;

    /// <summary>Counts the units of a SKU.</summary>
    /// <param name="view">The customer.</param>
    /// <param name="sku">The tenant's own count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>: the service does not say how many units are active.</exception>
    public static async Task<UnitsInService> CountAsync(CustomerView view, SubscribedSku sku, CancellationToken cancellationToken)
    {
        var counted = LicensePool.Of([sku], sku.SkuId).Active;
        var subscriptions = (await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).Where(subscription => subscription.IsLicenseBased).ToList();
        var (ours, leftBehind) = await CountActiveAsync(view, sku, counted, [.. subscriptions.Where(subscription => subscription.IsActive)], cancellationToken).ConfigureAwait(false);
        if (counted <= ours)
        {
            return new UnitsInService(ours, elsewhere: 0);
        }

        leftBehind += await CountInactiveAsync(view, sku, counted, [.. subscriptions.Where(subscription => !subscription.IsActive)], cancellationToken).ConfigureAwait(false);
        return new UnitsInService(ours, Math.Max(0, counted - ours - Math.Max(0, leftBehind - UnitsOutOfService(sku))));
    }

    // The list lags as well: each is read by itself.
    private static async Task<(int Ours, int LeftBehind)> CountActiveAsync(
        CustomerView view, SubscribedSku sku, int counted, IReadOnlyList<Subscription> active, CancellationToken cancellationToken)
    {
        await view.ReadSkuIdsAheadAsync(active.Select(subscription => subscription.Id), cancellationToken).ConfigureAwait(false);
        var (ours, leftBehind) = (0, 0);
        foreach (var subscription in await view.OfSkuAsync(active, sku.SkuId, cancellationToken).ConfigureAwait(false))
        {
            var current = await view.CurrentAsync(subscription.Id, cancellationToken).ConfigureAwait(false);
            var seats = current.IsActive ? current.Quantity : 0;
            var known = (await view.ProvisioningAsync(subscription.Id, cancellationToken).ConfigureAwait(false)).Quantity ?? subscription.Quantity;
            ours += seats;
            leftBehind += Math.Max(0, Math.Max(known, subscription.Quantity) - seats);
        }

        // Where nothing says which SKU an active one is of, its seats may be among those counted: they prove no other channel.
        foreach (var subscription in active)
        {
            leftBehind += await view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false) is null ? subscription.HasQuantity ? subscription.Quantity : counted : 0;
        }

        return (ours, leftBehind);
    }

    private static async Task<int> CountInactiveAsync(
        CustomerView view, SubscribedSku sku, int counted, IReadOnlyList<Subscription> inactive, CancellationToken cancellationToken)
    {
        var seats = 0;
        foreach (var subscription in inactive.Where(subscription => !subscription.IsDeleted || IsDeletedLately(subscription, view.Now)))
        {
            // Where nothing says which SKU it was of, it may have been this one; where nothing says how many seats, it may have been all.
            var skuId = await FindSkuIdAsync(view, subscription.Id, cancellationToken).ConfigureAwait(false);
            seats += skuId is null || skuId.Is(sku.SkuId) ? subscription.HasQuantity ? subscription.Quantity : counted : 0;
        }

        return seats;
    }

    private static async Task<SkuId?> FindSkuIdAsync(CustomerView view, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        try
        {
            return await view.SkuIdOfAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.StatusCode == 404)
        {
            return null;
        }
    }

    // New commerce can be deleted within days of its purchase or renewal; the service deletes only what has been suspended for long.
    private static bool IsDeletedLately(Subscription subscription, DateTimeOffset now)
    {
        return subscription.Commerce == CommerceKind.NewCommerce && !(subscription.CancelableUntil + LongestLag < now);
    }

    // Counted as out of service, they are no longer among the active ones; where the numbers do not fit together, some of them are old.
    private static int UnitsOutOfService(SubscribedSku sku)
    {
        var units = (sku.SuspendedUnits ?? 0) + (sku.WarningUnits ?? 0);
        return sku.TotalUnits == sku.ActiveUnits + units ? units : 0;
    }
}
