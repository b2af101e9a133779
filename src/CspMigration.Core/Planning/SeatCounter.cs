using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Planning;

/// <summary>
/// Counts seats and users of sources that get one target (docs/rules.md, rules 9, 12 and 23): their seats are added, less one for
/// each user who holds two of them; an add-on all of whose holders get the target anyway needs no seat of its own.
/// </summary>
internal sealed class SeatCounter
{
    private const int UsersAtOnce = 32;

    private readonly PlanningContext _context;
    private readonly CustomerView _view;

    public SeatCounter(PlanningContext context)
    {
        _context = context;
        _view = context.View;
    }

    /// <summary>The seats to be had: those of the sources, or as the user asked for.</summary>
    /// <exception cref="CspMigrationException"><c>TooFewSeats</c>: more users than seats, and no one said how many to buy.</exception>
    public async Task<SeatNeed> CountAsync(List<MigrationCase> cases, SkuTarget target, CancellationToken cancellationToken)
    {
        var count = await CountSourcesAsync(cases, cancellationToken).ConfigureAwait(false);
        var isSameSku = cases.TrueForAll(source => source.SkuId.Is(target.Sku));
        if (_context.Options.Quantity is { } asked)
        {
            var isTooFew = !isSameSku && asked < count.Users - count.Carried;
            var rest = isTooFew ? " Unless other seats of the target are free, the users without a seat stay, and so does the source." : "";
            return new SeatNeed(asked, count.Users, $"{Enumeration.Count(asked, "seat")}, as asked for; {Enumeration.Count(count.Users, "user", "is", "are")} to be moved.{rest}") { IsTooFew = isTooFew };
        }

        if (_context.Options.RightSize)
        {
            var quantity = Math.Max(count.Users - count.Carried, target.MinimumQuantity);
            return new SeatNeed(quantity, count.Users, $"{Enumeration.Count(quantity, "seat")} for {Enumeration.Count(count.Users - count.Carried, "user")}.", isRightSized: true, count.Carried);
        }

        var users = count.Users - count.Carried;
        return users > count.Quantity && !isSameSku
            ? throw ErrorCatalog.TooFewSeats.Exception(
                $"{Enumeration.Count(count.Users, "user", "holds", "hold")} a license of {string.Join(" or ", cases.Select(source => source.Name))}; the source has only {Enumeration.Count(count.Quantity, "seat")}.",
                remedy: Remedies.FreeOrBuySeats(new PurchaseCommandRemedies(_view.CustomerId, cases, _context.Options).With(Math.Max(users, target.MinimumQuantity))))
            : new SeatNeed(count.Quantity, count.Users, count.Explanation);
    }

    private async Task<SeatNeed> CountSourcesAsync(IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var bySku = cases.GroupBy(source => source.SkuId).ToList();
        var users = new Dictionary<SkuId, int>();
        foreach (var sku in bySku)
        {
            users[sku.Key] = await UsersAsync(sku.Key, [.. sku], cancellationToken).ConfigureAwait(false);
        }

        var seats = cases.Sum(source => source.Seats);
        return bySku.Count == 1
            ? await CountPoolAsync(bySku[0], seats, users.Values.Sum(), cancellationToken).ConfigureAwait(false)
            : await CountOverlapAsync(bySku, seats, users, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SeatNeed> CountPoolAsync(IGrouping<SkuId, MigrationCase> sku, int seats, int users, CancellationToken cancellationToken)
    {
        // What was bought for those that are planned together with it is theirs.
        List<SourceKey> together = [.. sku.Concat(PlannedOf(sku.Key).SelectMany(group => group)).Select(source => source.Key).Distinct()];
        var free = await CustomerFacts.FreeSeatsOfOtherTargetsAsync(_view, sku.Key, together, cancellationToken).ConfigureAwait(false);
        free = free == 0 ? 0 : Math.Max(0, free - await UsersOfSharedTargetsAsync(sku.Key, together, cancellationToken).ConfigureAwait(false));
        var counted = sku.Count() == 1 ? "as the source has" : $"{string.Join(" and ", sku.Select(source => source.Seats))} of {sku.First().Name}";
        return new SeatNeed(seats, users, $"{Enumeration.Count(seats, "seat")}, {counted}; {Enumeration.Count(users, "user", "is", "are")} to be moved.", carried: Math.Min(free, users));
    }

    // A target may have been bought for sources of other SKUs too, whose users have yet to move: their seats carry no one else.
    private async Task<int> UsersOfSharedTargetsAsync(SkuId skuId, IReadOnlyCollection<SourceKey> sources, CancellationToken cancellationToken)
    {
        var others = await CustomerFacts.SkusSharingTargetsAsync(_view, skuId, sources, cancellationToken).ConfigureAwait(false);
        if (others.Count == 0)
        {
            return 0;
        }

        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var targets = others.SelectMany(other => other.Value).ToList();
        var expected = others.Keys.ToDictionary(other => other, other => LicensePool.OfListed(skus, other).Consumed);
        var holders = await new HolderSearch(_context.Operation, UsersAtOnce).FindAsync(_view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        return holders.Count(holder => expected.Keys.Any(holder.Holds) && !holder.Holds(skuId) && !targets.Exists(holder.Holds));
    }

    // Who holds several of the sources needs one seat of the target: only the licenses themselves tell who that is.
    private async Task<SeatNeed> CountOverlapAsync(
        List<IGrouping<SkuId, MigrationCase>> bySku, int seats, Dictionary<SkuId, int> users, CancellationToken cancellationToken)
    {
        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var expected = bySku.ToDictionary(sku => sku.Key, sku => LicensePool.OfListed(skus, sku.Key).Consumed);
        var holders = await new HolderSearch(_context.Operation, UsersAtOnce).FindAsync(_view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        var saved = 0;
        var union = new HashSet<UserId>();
        var parts = new List<string>();
        var (shared, unfound) = (0, 0);

        // Base subscriptions first: an add-on is measured against those who get the target anyway.
        foreach (var sku in bySku.OrderBy(group => group.All(source => source.Row.ParentSubscriptionId is not null)))
        {
            var own = holders.Where(holder => holder.Holds(sku.Key)).Select(holder => holder.User.Id).ToList();
            var both = own.Count(union.Contains);
            var isCovered = union.Count > 0 && both == own.Count && own.Count >= expected[sku.Key] && sku.All(source => source.Row.ParentSubscriptionId is not null);
            saved += isCovered ? sku.Sum(source => source.Seats) : both;
            shared += isCovered ? 0 : both;
            parts.Add(isCovered ? $"none of {sku.First().Name}, whose holders get the target anyway" : $"{sku.Sum(source => source.Seats)} of {sku.First().Name}");
            union.UnionWith(own);
            unfound += Math.Max(0, expected[sku.Key] - own.Count);
        }

        var explanation = $"{Enumeration.Count(seats - saved, "seat")}: {string.Join(" and ", parts)}{SharedText(shared)}.";
        return new SeatNeed(seats - saved, Math.Min(union.Count + unfound, users.Values.Sum()), explanation);
    }

    private static string SharedText(int shared)
    {
        return shared switch
        {
            0 => "",
            1 => ", less 1 for the user who holds several of them and needs only one",
            _ => $", less {shared} for users who hold several of them and need only one",
        };
    }

    private async Task<int> UsersAsync(SkuId skuId, List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var groups = PlannedOf(skuId);
        var own = groups.FindIndex(group => group.Exists(source => cases.Exists(other => other.Key.Is(source.Key))));
        if (groups.Count < 2 || own < 0)
        {
            return await UsersOfAsync(skuId, cases, cancellationToken).ConfigureAwait(false);
        }

        // They are moved in the order of the targets, as many to each as its sources have seats; who is left goes to the last.
        var users = await UsersOfAsync(skuId, [.. groups.SelectMany(group => group)], cancellationToken).ConfigureAwait(false);
        var left = Math.Max(0, users - groups.Take(own).Sum(group => group.Sum(source => source.Seats)));
        return own == groups.Count - 1 ? left : Math.Min(left, groups[own].Sum(source => source.Seats));
    }

    private List<List<MigrationCase>> PlannedOf(SkuId skuId)
    {
        return [.. _view.Kept<PlannedTogether>().Groups.Select(group => group.Where(source => source.SkuId.Is(skuId)).ToList()).Where(group => group.Count > 0)];
    }

    private async Task<int> UsersOfAsync(SkuId skuId, List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        // Units of another channel are moved as a whole: all of its users that our own subscriptions do not carry.
        var seatsElsewhere = cases.Where(source => source.Subscription is null).Sum(source => source.Row.Quantity);
        var going = await CustomerFacts.SeatsGoingAsync(_view, skuId, [.. cases.Select(source => source.Key)], cancellationToken).ConfigureAwait(false);
        return (await HolderCount.ReadAsync(_view, skuId, going + seatsElsewhere, cancellationToken).ConfigureAwait(false)).Dependent;
    }
}
