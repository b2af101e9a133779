using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Catalog;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration.Planning;

/// <summary>What follows from a customer's subscriptions and units for a set of sources (design rule 23).</summary>
internal static class CustomerFacts
{
    /// <summary>
    /// The seats of a directory SKU that go: those of the given sources, all of that SKU, and of other active
    /// subscriptions of it that have a successor already.
    /// </summary>
    public static async Task<int> SeatsGoingAsync(CustomerView view, string skuId, IReadOnlyCollection<string> sources, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var seats = 0;
        foreach (var subscription in subscriptions.Where(subscription => subscription.IsActive && subscription.IsLicenseBased))
        {
            var isSource = sources.Contains(subscription.Id, StringComparer.OrdinalIgnoreCase);
            var isSucceeded = !isSource && view.TargetOf(subscription, subscriptions) is not null;
            if (isSource || (isSucceeded && CustomerView.Same(await view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false), skuId)))
            {
                seats += subscription.Quantity;
            }
        }

        return seats;
    }

    /// <summary>
    /// The seats nobody holds yet of what was bought for other sources of a directory SKU: the users of one SKU cannot be
    /// told apart by source, so that many of them have their seat already.
    /// </summary>
    public static async Task<int> FreeSeatsOfOtherSuccessorsAsync(CustomerView view, string skuId, IReadOnlyCollection<string> sources, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var successors = new Dictionary<string, List<Subscription>>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in subscriptions.Where(subscription => subscription is { IsActive: true, IsLicenseBased: true } && !sources.Contains(subscription.Id, StringComparer.OrdinalIgnoreCase)))
        {
            if (view.TargetOf(source, subscriptions) is { } successor
                && CustomerView.Same(await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false), skuId)
                && await view.SkuIdOfAsync(successor.Id, cancellationToken).ConfigureAwait(false) is { } successorSkuId)
            {
                if (!successors.TryGetValue(successorSkuId, out var ofSku))
                {
                    successors[successorSkuId] = ofSku = [];
                }

                if (!ofSku.Contains(successor))
                {
                    ofSku.Add(successor);
                }
            }
        }

        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        return successors.Sum(ofSku => Math.Min(LicensePool.Of(skus, ofSku.Key).Free, ofSku.Value.Sum(successor => successor.Quantity)));
    }

    /// <summary>
    /// The free seats of a directory SKU that belong to other sources: bought, or added, for them, while their users have not
    /// moved yet.
    /// </summary>
    /// <param name="view">The customer.</param>
    /// <param name="skuId">The directory SKU of the targets.</param>
    /// <param name="sources">The sources that seats are looked for: theirs are not another's.</param>
    /// <param name="countedSkus">Directory SKUs of sources whose users are all counted as in need of a seat, so that theirs are not spoken for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<int> SeatsSpokenForAsync(
        CustomerView view, string skuId, IReadOnlyCollection<string> sources, IReadOnlyCollection<string> countedSkus, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var seats = 0;
        foreach (var source in subscriptions.Where(subscription => subscription is { IsActive: true, IsLicenseBased: true } && !sources.Contains(subscription.Id, StringComparer.OrdinalIgnoreCase)))
        {
            if (view.TargetOf(source, subscriptions) is { } target
                && CustomerView.Same(await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false), skuId)
                && await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false) is { } sourceSkuId
                && !CustomerView.Same(sourceSkuId, skuId)
                && !countedSkus.Contains(sourceSkuId, StringComparer.OrdinalIgnoreCase)
                && await UsersToMoveAsync(view, sourceSkuId, [source.Id], cancellationToken).ConfigureAwait(false) > 0)
            {
                seats += view.SeatsBoughtFor(source);
            }
        }

        return seats;
    }

    /// <summary>The users of a directory SKU who are left without a unit when the seats of the given sources go.</summary>
    public static async Task<int> UsersToMoveAsync(CustomerView view, string skuId, IReadOnlyCollection<string> sources, CancellationToken cancellationToken)
    {
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        return LicensePool.Of(skus, skuId).UsersToMove(await SeatsGoingAsync(view, skuId, sources, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The subscriptions that are worth making active again: suspended, of a term that has not ended, and not failed to be provisioned.</summary>
    public static async Task<IReadOnlyList<Subscription>> ReactivatableAsync(
        CustomerView view, IEnumerable<Subscription> subscriptions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<Subscription>();
        foreach (var subscription in subscriptions.Where(other => other.IsSuspended && (other.CommitmentEnd is null || other.CommitmentEnd > now)))
        {
            if (!await view.HasFailedAsync(subscription.Id, cancellationToken).ConfigureAwait(false))
            {
                found.Add(subscription);
            }
        }

        return found;
    }

    /// <summary>The customer's subscriptions of a directory SKU, in any state but deleted.</summary>
    public static async Task<IReadOnlyList<Subscription>> SubscriptionsOfAsync(
        CustomerView view, string skuId, IReadOnlyCollection<string> offerIds, CancellationToken cancellationToken)
    {
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var sku = skus.FirstOrDefault(other => CustomerView.Same(other.SkuId, skuId));
        var found = new List<Subscription>();
        foreach (var subscription in await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (subscription.IsDeleted || !subscription.IsLicenseBased)
            {
                continue;
            }

            // A tenant that never had a unit of the SKU has no subscription of it: the rest need not be asked for.
            var isIt = offerIds.Any(offerId => CatalogIds.AreSame(offerId, subscription.OfferId))
                || (sku is not null && CustomerView.Same(await view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false), skuId));
            if (isIt)
            {
                found.Add(subscription);
            }
        }

        return found;
    }
}
