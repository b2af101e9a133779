using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Planning;

/// <summary>
/// Finds targets of an earlier run that have fewer free seats than users are still to be moved to them: as where seats
/// bought for one source were taken for another's, or users have come since.
/// </summary>
internal sealed class SeatShortage
{
    private const int UsersAtOnce = 32;

    private readonly PlanningContext _context;
    private readonly CustomerView _view;

    public SeatShortage(PlanningContext context)
    {
        _context = context;
        _view = context.View;
    }

    /// <summary>Notes it with the sources, and with what was decided for them.</summary>
    /// <param name="purchases">What was decided; those with too few seats are replaced.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task RecordAsync(List<Purchase> purchases, CancellationToken cancellationToken)
    {
        var resumed = purchases.Where(purchase => purchase is { Outcome: TargetOutcome.Resumed, Existing: not null, Offer.Sku: not null } && purchase.Cases.Any(IsToMove));
        foreach (var target in resumed.GroupBy(purchase => purchase.Offer.Sku!.Value).ToList())
        {
            List<MigrationCase> sources = [.. target.SelectMany(purchase => purchase.Cases).Where(source => IsToMove(source) && !source.SkuId.Is(target.Key))];
            var seats = await SeatsAsync(target.Key, [.. target.Select(purchase => purchase.Offer.CatalogItem).Known()], cancellationToken).ConfigureAwait(false);
            var missing = await UsersAsync(target.Key, sources, seats, cancellationToken).ConfigureAwait(false) - seats;
            if (missing > 0)
            {
                Record(purchases, target.First(), sources, missing);
            }
        }
    }

    // What is ended has no one left to move.
    private static bool IsToMove(MigrationCase source) => source is { IsOpen: true, ErrorIfNoTarget: null, Subscription.IsActive: true };

    // By the subscriptions themselves: the tenant's units may be late.
    private async Task<int> SeatsAsync(SkuId skuId, IReadOnlyCollection<CatalogItemId> offerIds, CancellationToken cancellationToken)
    {
        var subscriptions = await CustomerFacts.SubscriptionsOfAsync(_view, skuId, offerIds, cancellationToken).ConfigureAwait(false);
        var seats = subscriptions.Where(subscription => subscription.IsActive).Sum(subscription => subscription.Quantity);
        return Math.Max(0, seats - LicensePool.Of(await _view.SkusAsync(cancellationToken).ConfigureAwait(false), skuId).Consumed);
    }

    // Who holds the target already needs no seat: only where the sum of the users is too many are they looked at one by one.
    private async Task<int> UsersAsync(SkuId targetSkuId, List<MigrationCase> sources, int seats, CancellationToken cancellationToken)
    {
        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var users = 0;
        foreach (var sku in sources.GroupBy(source => source.SkuId))
        {
            users += await CustomerFacts.UsersToMoveAsync(_view, sku.Key, [.. sku.Select(source => source.Key)], cancellationToken).ConfigureAwait(false);
        }

        if (users <= seats)
        {
            return users;
        }

        var expected = sources.Select(source => source.SkuId).Distinct()
            .ToDictionary(sku => sku, sku => LicensePool.Of(skus, sku).Consumed);
        var holders = await new HolderSearch(_context.Operation, UsersAtOnce).FindAsync(_view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        return Math.Min(users, holders.Count(holder => !holder.Holds(targetSkuId) && expected.Keys.Any(holder.Holds)));
    }

    private void Record(List<Purchase> purchases, Purchase purchase, List<MigrationCase> sources, int missing)
    {
        var existing = purchase.Existing!;
        var message = $"{existing.OfferName} ({existing.Id}) has {Enumeration.Count(existing.Quantity, "seat")}, {missing} too few for those who are still to be moved to it: they would stay, and the source would stay active.";
        var remedy = Remedies.RaiseSeats(UserCommands.SetSeats(_view.CustomerId, existing.Id, existing.Quantity + missing));
        sources.ForEach(source => source.Record(ReadinessRule.Seats, Finding.Warn(message, remedy, ErrorCatalog.TooFewSeats.Id)));
        var index = purchases.IndexOf(purchase);
        purchases[index] = purchase.Differing($"{_context.CustomerName}: {message} {remedy}");
    }
}
