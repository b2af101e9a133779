using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>What follows from a customer's subscriptions and units for a set of sources (docs/rules.md, rule 23).</summary>
internal static class CustomerFacts
{
    /// <summary>
    /// The seats of a directory SKU that go: those of the given sources, all of that SKU, and of other active
    /// subscriptions of it that have a target already, or were left to expire. The list may show them as they were before: unless they make up
    /// all units there are, each is read by itself.
    /// </summary>
    public static async Task<int> SeatsGoingAsync(CustomerView view, SkuId skuId, IReadOnlyCollection<SourceKey> sources, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var going = subscriptions.Where(subscription => subscription.IsLicenseBased && sources.Contains(subscription.Id)).ToList();
        var others = subscriptions.Where(subscription => subscription is { IsActive: true, IsLicenseBased: true } && !going.Contains(subscription)).ToList();
        var leaving = others.Where(other => view.TargetOf(other, subscriptions) is not null || view.IsExpiring(other, subscriptions));
        going.AddRange(await view.OfSkuAsync(leaving, skuId, cancellationToken).ConfigureAwait(false));
        var listed = going.Where(subscription => subscription.IsActive).Sum(subscription => SeatsOf(view, subscription));
        var mayBeOld = going.Exists(view.IsEnded) || others.Exists(other => !going.Contains(other) && going.Exists(source => source.OfferId.IsSameAs(other.OfferId)));
        if (!mayBeOld && (await view.SkuAsync(skuId, cancellationToken).ConfigureAwait(false))?.ActiveUnits == listed)
        {
            return listed;
        }

        var seats = 0;
        foreach (var subscription in going)
        {
            var current = await view.CurrentAsync(subscription.Id, cancellationToken).ConfigureAwait(false);
            seats += current.IsActive ? SeatsOf(view, current) : 0;
        }

        return seats;
    }

    /// <summary>The seats of a directory SKU that are in service for a time only, of other subscriptions than the given one.</summary>
    /// <param name="view">The customer.</param>
    /// <param name="skuId">The SKU.</param>
    /// <param name="subscriptionId">The one whose seats do not count.</param>
    /// <param name="sources">Sources that are moved together with it: only the journal knows of these that they were left to expire before.</param>
    /// <param name="planned">What a plan has ended before; null where nothing is planned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<int> ExpiringSeatsAsync(
        CustomerView view, SkuId skuId, SubscriptionId subscriptionId, IReadOnlyList<SourceKey> sources, PlannedSuspensions? planned, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var others = await CurrentOthersAsync(view, skuId, subscriptionId, cancellationToken).ConfigureAwait(false);
        return others.Where(other => planned?.IsGoing(other.Id) == true || IsExpiring(view, other, sources, subscriptions)).Sum(other => SeatsOf(view, other));
    }

    /// <summary>
    /// The seats that a plan has its users leave, and that stay for as long as their subscriptions do: of other sources of
    /// one SKU than the given one, as far as those are not ended.
    /// </summary>
    /// <param name="view">The customer.</param>
    /// <param name="skuId">The SKU.</param>
    /// <param name="subscriptionId">The source whose seats do not count.</param>
    /// <param name="sources">The sources that are planned together.</param>
    /// <param name="planned">What the plan has ended before.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<int> SeatsOfOtherSourcesAsync(
        CustomerView view, SkuId skuId, SubscriptionId subscriptionId, IReadOnlyList<SourceKey> sources, PlannedSuspensions? planned, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var others = await CurrentOthersAsync(view, skuId, subscriptionId, cancellationToken).ConfigureAwait(false);
        return others
            .Where(other => sources.Contains(other.Id) || view.TargetOf(other, subscriptions) is not null)
            .Where(other => planned?.IsGoing(other.Id) != true && !IsExpiring(view, other, sources, subscriptions))
            .Sum(other => SeatsOf(view, other));
    }

    /// <summary>
    /// The seats of other sources of a directory SKU that are migrated, whatever their target, and in service for a time only;
    /// null where no other is migrated.
    /// </summary>
    public static async Task<int?> SeatsMigratedAsync(CustomerView view, SkuId skuId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var others = subscriptions.Where(other => !other.IsDeleted && !other.Id.Is(subscriptionId) && view.TargetOf(other, subscriptions) is not null);
        var migrated = await view.OfSkuAsync(others, skuId, cancellationToken).ConfigureAwait(false);
        return migrated.Count == 0 ? null : migrated.Where(other => view.IsExpiring(other, subscriptions)).Sum(other => SeatsOf(view, other));
    }

    private static bool IsExpiring(CustomerView view, Subscription subscription, IReadOnlyList<SourceKey> sources, IReadOnlyList<Subscription> subscriptions)
    {
        return sources.Contains(subscription.Id) ? view.WasLeftToExpire(subscription) : view.IsExpiring(subscription, subscriptions);
    }

    // As they are now: the list may not show yet that one no longer renews, or has been suspended.
    private static async Task<List<Subscription>> CurrentOthersAsync(CustomerView view, SkuId skuId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var others = new List<Subscription>();
        var listed = subscriptions.Where(other => other is { IsActive: true, IsLicenseBased: true } && !other.Id.Is(subscriptionId));
        foreach (var other in await view.OfSkuAsync(listed, skuId, cancellationToken).ConfigureAwait(false))
        {
            if (await view.CurrentAsync(other.Id, cancellationToken).ConfigureAwait(false) is { IsActive: true } current)
            {
                others.Add(current);
            }
        }

        return others;
    }

    /// <summary>
    /// The seats no user holds yet of what was bought for other sources of a directory SKU: the users of one SKU cannot be
    /// told apart by source, so that many of them have their seat already.
    /// </summary>
    public static async Task<int> FreeSeatsOfOtherTargetsAsync(CustomerView view, SkuId skuId, IReadOnlyCollection<SourceKey> sources, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var targets = new Dictionary<SkuId, List<Subscription>>();
        foreach (var source in subscriptions.Where(subscription => subscription is { IsActive: true, IsLicenseBased: true } && !sources.Contains(subscription.Id)))
        {
            if (view.TargetOf(source, subscriptions) is { } target
                && skuId.Is(await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false))
                && await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false) is { } targetSkuId)
            {
                if (!targets.TryGetValue(targetSkuId, out var ofSku))
                {
                    targets[targetSkuId] = ofSku = [];
                }

                if (!ofSku.Contains(target))
                {
                    ofSku.Add(target);
                }
            }
        }

        var seats = 0;
        foreach (var ofSku in targets)
        {
            seats += Math.Min(await FreeSeatsAsync(view, ofSku.Key, cancellationToken).ConfigureAwait(false), ofSku.Value.Sum(target => target.Quantity));
        }

        return seats;
    }

    /// <summary>
    /// The directory SKUs of other active sources that share a target with one of a SKU, and whose users have yet to move; each
    /// with the directory SKUs of those targets.
    /// </summary>
    public static async Task<IReadOnlyDictionary<SkuId, List<SkuId>>> SkusSharingTargetsAsync(
        CustomerView view, SkuId skuId, IReadOnlyCollection<SourceKey> sources, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<(SkuId SkuId, SkuId TargetSkuId, SourceKey Source)>();
        foreach (var source in subscriptions.Where(subscription => subscription is { IsActive: true, IsLicenseBased: true }))
        {
            if (view.TargetOf(source, subscriptions) is { } target
                && await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false) is { } sourceSkuId
                && await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false) is { } targetSkuId)
            {
                found.Add((sourceSkuId, targetSkuId, source.Id));
            }
        }

        var shared = found.Where(source => source.SkuId.Is(skuId) && !sources.Contains(source.Source)).Select(source => source.TargetSkuId).ToList();
        var others = new Dictionary<SkuId, List<SkuId>>();
        foreach (var other in found.Where(source => !source.SkuId.Is(skuId) && shared.Contains(source.TargetSkuId))
            .GroupBy(source => source.SkuId))
        {
            if (await UsersToMoveAsync(view, other.Key, [.. other.Select(source => source.Source)], cancellationToken).ConfigureAwait(false) > 0)
            {
                others[other.Key] = [.. other.Select(source => source.TargetSkuId).Distinct()];
            }
        }

        return others;
    }

    /// <summary>The units of a directory SKU that are in service and not held.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>: the service does not say how many there are, or how many are held.</exception>
    public static async Task<int> FreeSeatsAsync(CustomerView view, SkuId? skuId, CancellationToken cancellationToken)
    {
        return Math.Max(0, await BalanceAsync(view, skuId, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same; negative where more are held than are in service.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>.</exception>
    public static async Task<int> BalanceAsync(CustomerView view, SkuId? skuId, CancellationToken cancellationToken)
    {
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var pool = LicensePool.Of(skus, skuId);
        return pool.Balance <= 0 ? pool.Balance
            : pool.AtMost((await UnitsInService.CountAsync(view, skus.First(sku => sku.SkuId.Is(skuId)), cancellationToken).ConfigureAwait(false)).Total).Balance;
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
    public static async Task<int> ReservedSeatsAsync(
        CustomerView view, SkuId skuId, IReadOnlyCollection<SourceKey> sources, IReadOnlyCollection<SkuId> countedSkus, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var seats = 0;
        foreach (var source in subscriptions.Where(subscription => subscription is { IsActive: true, IsLicenseBased: true } && !sources.Contains(subscription.Id)))
        {
            if (view.TargetOf(source, subscriptions) is { } target
                && skuId.Is(await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false))
                && await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false) is { } sourceSkuId
                && !sourceSkuId.Is(skuId)
                && !countedSkus.Contains(sourceSkuId)
                && await UsersToMoveAsync(view, sourceSkuId, [source.Id], cancellationToken).ConfigureAwait(false) > 0)
            {
                seats += view.SeatsBoughtFor(source);
            }
        }

        return seats;
    }

    /// <summary>The users of a directory SKU who are left without a unit when the seats of the given sources go.</summary>
    public static async Task<int> UsersToMoveAsync(CustomerView view, SkuId skuId, IReadOnlyCollection<SourceKey> sources, CancellationToken cancellationToken)
    {
        var seatsGoing = await SeatsGoingAsync(view, skuId, sources, cancellationToken).ConfigureAwait(false);
        return (await HolderCount.ReadAsync(view, skuId, seatsGoing, cancellationToken).ConfigureAwait(false)).Dependent;
    }

    /// <summary>The seats of a subscription.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>: the service does not say how many there are.</exception>
    public static int SeatsOf(CustomerView view, Subscription subscription)
    {
        return subscription.HasQuantity ? subscription.Quantity
            : throw ErrorCatalog.HoldersUnknown.Exception(
                $"The service does not say how many seats {subscription.OfferName} ({subscription.Id}) has.", view.CustomerId, subscription.Id);
    }

    /// <summary>The subscriptions that are worth making active again: suspended, of a term that has not ended, and not failed to be provisioned.</summary>
    public static async Task<IReadOnlyList<Subscription>> ReactivatableAsync(
        CustomerView view, IEnumerable<Subscription> subscriptions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<Subscription>();
        foreach (var subscription in subscriptions.Where(other => other.IsSuspended && !RetentionDates.IsTermOver(now, other.CommitmentEnd)))
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
        CustomerView view, SkuId skuId, IReadOnlyCollection<CatalogItemId> offerIds, CancellationToken cancellationToken)
    {
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var sku = skus.FirstOrDefault(other => other.SkuId.Is(skuId));
        var found = new List<Subscription>();
        foreach (var subscription in await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (subscription.IsDeleted || !subscription.IsLicenseBased)
            {
                continue;
            }

            // A tenant that never had a unit of the SKU has no subscription of it: the rest need not be asked for.
            var isIt = offerIds.Any(offerId => offerId.IsSameAs(subscription.OfferId))
                || (sku is not null && skuId.Is(await view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false)));
            if (isIt)
            {
                found.Add(subscription);
            }
        }

        return found;
    }
}
