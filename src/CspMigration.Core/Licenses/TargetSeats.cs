using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Licenses;

/// <summary>The seats of a customer's targets that no user has yet; in a plan, those there will be.</summary>
internal sealed class TargetSeats
{
    private readonly Dictionary<SkuId, int> _free;
    private readonly HashSet<SkuId> _withheld;
    private readonly Dictionary<SkuId, int> _spokenFor;

    private TargetSeats(Dictionary<SkuId, int> free, HashSet<SkuId> withheld, Dictionary<SkuId, int> spokenFor)
    {
        _free = free;
        _withheld = withheld;
        _spokenFor = spokenFor;
    }

    /// <summary>Counts the seats of the targets.</summary>
    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="targets">All of them.</param>
    /// <param name="planOnly">Whether what is planned counts as bought.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<TargetSeats> ReadAsync(MigrationOperation operation, CustomerView view, IReadOnlyList<TargetSubscription> targets, bool planOnly, CancellationToken cancellationToken)
    {
        var free = new Dictionary<SkuId, int>();
        var withheld = new HashSet<SkuId>();
        foreach (var ofSku in targets.Where(target => target.TargetSku is not null).GroupBy(target => target.TargetSku!.Value))
        {
            var seats = planOnly
                ? await CountPlannedAsync(view, ofSku.Key, [.. ofSku], cancellationToken).ConfigureAwait(false)
                : LicensePool.Of(await view.SkusAsync(cancellationToken).ConfigureAwait(false), ofSku.Key) is { IsKnown: true } pool ? pool.Balance
                : null;
            if (seats is { } known)
            {
                var lasting = await LastingAsync(operation, view, ofSku.Key, targets, known, planOnly, cancellationToken).ConfigureAwait(false);
                free[ofSku.Key] = lasting;
                _ = lasting < known && withheld.Add(ofSku.Key);
            }
        }

        return new TargetSeats(free, withheld, await CountReservedAsync(view, targets, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same seats, to be taken apart from these.</summary>
    public TargetSeats Copy() => new(new Dictionary<SkuId, int>(_free), _withheld, _spokenFor);

    /// <summary>Whether a seat of a SKU is left, as far as that is known.</summary>
    public bool HasFree(SkuId skuId) => HasFree(skuId, seats: 1);

    /// <summary>Whether so many seats of a SKU are left, as far as that is known.</summary>
    public bool HasFree(SkuId skuId, int seats) => seats == 0 || !_free.TryGetValue(skuId, out var free) || free >= seats;

    /// <summary>Whether it is known how many seats of a SKU are left.</summary>
    public bool IsKnown(SkuId skuId) => _free.ContainsKey(skuId);

    /// <summary>Whether more are left than were got for other sources whose users have yet to move.</summary>
    public bool HasUnreserved(SkuId skuId) => HasFree(skuId) && (!_free.TryGetValue(skuId, out var free) || !_spokenFor.TryGetValue(skuId, out var spokenFor) || free > spokenFor);

    /// <summary>Whether those that are left are not to be used: users would lose them again.</summary>
    public bool IsWithheld(SkuId skuId) => _withheld.Contains(skuId) && !HasFree(skuId);

    /// <summary>Whether there was a seat for the one who took the last, by the count.</summary>
    public bool HadSeat(SkuId skuId) => _free.TryGetValue(skuId, out var free) && free >= 0;

    /// <summary>Reserves a seat.</summary>
    public void Reserve(SkuId skuId) => Add(skuId, -1);

    /// <summary>Releases a reserved seat.</summary>
    public void Release(SkuId skuId) => Add(skuId, 1);

    private void Add(SkuId skuId, int seats)
    {
        if (_free.TryGetValue(skuId, out var free))
        {
            _free[skuId] = free + seats;
        }
    }

    // Of seats that do not last, none are for those who move; whoever holds the SKU without having been moved to it sits on them as far as they go.
    private static async Task<int> LastingAsync(
        MigrationOperation operation, CustomerView view, SkuId skuId, IReadOnlyList<TargetSubscription> targets, int free, bool planOnly, CancellationToken cancellationToken)
    {
        var ending = await CountEndingAsync(view, skuId, targets, cancellationToken).ConfigureAwait(false);
        if (ending == 0 || await view.SkuAsync(skuId, cancellationToken).ConfigureAwait(false) is not { } sku)
        {
            return free;
        }

        // The tenant's units may not show yet what was bought, nor who was moved. A plan counts by the subscriptions anyway.
        var late = planOnly ? 0 : (await UnitsInService.CountAsync(view, sku, cancellationToken).ConfigureAwait(false)).Total - LicensePool.Of([sku], skuId).Active;
        var consumed = LicensePool.Of([sku], skuId).Consumed;
        var moved = CountMoved(operation, view, skuId, targets, consumed);
        var others = Math.Max(0, consumed - moved);
        return free + Math.Max(0, late) + consumed - (moved + others) - Math.Max(0, ending - others);
    }

    // Where the journal does not know how a target was got, whoever holds the SKU may have been moved to it.
    private static int CountMoved(MigrationOperation operation, CustomerView view, SkuId skuId, IReadOnlyList<TargetSubscription> targets, int consumed)
    {
        var journal = operation.Journal.View;
        var isKnown = targets.Where(target => target.TargetSku.Is(skuId) && target is { Outcome: TargetOutcome.Resumed, TargetId: not null })
            .All(target => journal.Acquisitions(view.CustomerId, target.TargetId!.Value).Any(entry => entry.Method != JournalMethod.Reuse)
                || (SourceEntry.KeyOf(target) is { } key && journal.OpenPurchase(view.CustomerId, key) is not null));
        var (users, lastOn) = journal.MovedTo(view.CustomerId, skuId);
        return !isKnown ? consumed : view.Now - lastOn < UnitsInService.LongestLag ? users : Math.Min(users, consumed);
    }

    // Matters only to those who have a choice.
    private static async Task<Dictionary<SkuId, int>> CountReservedAsync(CustomerView view, IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var spokenFor = new Dictionary<SkuId, int>();
        var sources = targets.Select(target => target.SourceId).Known().Select(id => (SourceKey)id).ToList();

        // How many depend on a source whose SKU is bought here changes with that.
        var targetSkus = targets.Select(target => target.TargetSku).Known().ToList();
        foreach (var skuId in targets.Where(target => target is { LicenseMoveNeeded: true, TargetSku: not null }).GroupBy(target => target.SourceSku)
            .Select(pool => pool.Select(target => target.TargetSku!.Value).Distinct().ToList()).Where(skuIds => skuIds.Count > 1).SelectMany(skuIds => skuIds).Distinct())
        {
            spokenFor[skuId] = await CustomerFacts.ReservedSeatsAsync(view, skuId, sources, countedSkus: targetSkus, cancellationToken).ConfigureAwait(false);
        }

        return spokenFor;
    }

    private static async Task<int> CountEndingAsync(CustomerView view, SkuId skuId, IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var term = targets.FirstOrDefault(target => target.TargetSku.Is(skuId))?.TermDuration ?? Purchase.DefaultTerm;
        var ending = (await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).Where(subscription => subscription is { IsActive: true, IsLicenseBased: true }
            && !targets.Any(target => target.TargetId.Is(subscription.Id))
            && !TargetDuration.Lasts(subscription, view.Now, term, termEnd: null));
        return (await view.OfSkuAsync(ending, skuId, cancellationToken).ConfigureAwait(false)).Sum(subscription => subscription.Quantity);
    }

    // Seats that were bought before may be on their way: the pool does not show them yet, the subscriptions do.
    private static async Task<int?> CountPlannedAsync(CustomerView view, SkuId skuId, IReadOnlyList<TargetSubscription> targets, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var pool = LicensePool.Of(skus, skuId);
        var bought = targets.Where(target => target is not { IsPlanned: true, TargetSubscriptionId: null }).ToList();
        if (!pool.IsKnown || !bought.TrueForAll(target => subscriptions.Any(other => other.Id.Is(target.TargetId))))
        {
            return null;
        }

        var units = bought.Count == 0 ? pool.Active
            : skus.FirstOrDefault(other => other.SkuId.Is(skuId)) is { } sku ? (await UnitsInService.CountAsync(view, sku, cancellationToken).ConfigureAwait(false)).Total
            : (int?)null;
        var free = units - pool.Consumed;
        foreach (var target in targets.Where(target => target.IsPlanned))
        {
            free += await SeatsAddedAsync(view, target, cancellationToken).ConfigureAwait(false);
        }

        return free;
    }

    private static async Task<int> SeatsAddedAsync(CustomerView view, TargetSubscription target, CancellationToken cancellationToken)
    {
        return target.Outcome switch
        {
            TargetOutcome.Purchased or TargetOutcome.Reactivated => target.Quantity,
            TargetOutcome.Resized when target.TargetId is { } resized =>
                target.Quantity - ((await view.SubscriptionAsync(resized, cancellationToken).ConfigureAwait(false))?.Quantity ?? 0),
            _ => 0,
        };
    }
}
