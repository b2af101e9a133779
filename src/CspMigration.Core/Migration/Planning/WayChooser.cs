using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Planning;

/// <summary>Chooses how a successor is got (design rule 7).</summary>
internal sealed class WayChooser
{
    private readonly PlanningContext _context;
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseOptions _options;
    private readonly SaleFinder _sales;

    public WayChooser(PlanningContext context, SaleFinder sales)
    {
        _context = context;
        _sales = sales;
        _operation = context.Operation;
        _view = context.View;
        _options = context.Options;
    }

    /// <summary>Reuses, resizes or reactivates what the customer has where the offer is limited; else uses what has room; else buys.</summary>
    public async Task<Purchase> ChooseAsync(
        Purchase draft, SkuTarget target, Sale sale, int needed, int quantity, CancellationToken cancellationToken)
    {
        if (target.SkuId is not { } skuId || _options.ApprovedOutcome == TargetOutcome.Purchased)
        {
            return draft;
        }

        if (draft.Cases.Count > 0 && await FindRoomAsync(draft, target, skuId, needed, cancellationToken).ConfigureAwait(false) is { } roomy)
        {
            return draft with { Way = PurchaseWay.None, Outcome = TargetOutcome.Reused, Existing = roomy, Quantity = roomy.Quantity };
        }

        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var isForLife = CustomerView.Same(sale.Offer.LimitUnit, "Lifetime");
        var limited = subscriptions.Where(other => CustomerView.Same(other.OfferId, sale.Offer.Id) && (isForLife || !other.IsDeleted)).ToList();
        if (sale.Offer.Limit is not { } limit || limited.Count < limit)
        {
            return draft;
        }

        if (limited.Find(subscription => subscription.IsActive) is { } listed)
        {
            // The list may be late, and seats are added to those there are.
            var grows = await _operation.Client.Subscriptions.GetAsync(_view.CustomerId, listed.Id, cancellationToken).ConfigureAwait(false);

            // Seats that are free already count: a run that was interrupted does not add them again. What was approved is the total.
            var free = await FreeSeatsAsync(draft, skuId, countedSkus: [], cancellationToken).ConfigureAwait(false);
            var seats = _options.IsApproved ? Math.Max(grows.Quantity, quantity) : grows.Quantity + Math.Max(0, quantity - free);
            return draft with { Way = PurchaseWay.Resize, Outcome = TargetOutcome.Resized, Existing = grows, Quantity = seats };
        }

        var reactivatable = await CustomerFacts.ReactivatableAsync(_view, limited, _operation.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return reactivatable.FirstOrDefault() is { } returns
            ? draft with
            {
                Way = PurchaseWay.Reactivation,
                Outcome = TargetOutcome.Reactivated,
                Existing = returns,
                Quantity = Math.Max(returns.Quantity, quantity),
            }
            : throw ErrorCatalog.OfferLimitReached.Exception(
                $"{sale.Offer.Name} is limited to {limit} for each customer ({sale.Offer.LimitUnit}), and {_context.CustomerName} has had {limited.Count}, which can neither be used nor made active again.",
                action: await new TargetAdvice(_context, _sales).OnSaleAsync(target, quantity, draft.Cases, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The choice in words.</summary>
    public static string Explain(Purchase purchase)
    {
        return purchase.Way switch
        {
            PurchaseWay.None => $"{purchase.Existing!.OfferName} ({purchase.Existing.Id}) has enough free seats.",
            PurchaseWay.Resize => string.Format(
                CultureInfo.CurrentCulture, "{0} ({1}) grows from {2} to {3} seats.", purchase.Existing!.OfferName, purchase.Existing.Id, purchase.Existing.Quantity, purchase.Quantity),
            PurchaseWay.Reactivation => $"{purchase.Existing!.OfferName} ({purchase.Existing.Id}) is made active again.",
            _ => purchase.Offer.Limit is { } limit ? $"{limit} for each customer ({purchase.Offer.LimitUnit}); this one fits." : "Unlimited.",
        };
    }

    // An active subscription of the target whose SKU has a free unit for every user; null where there is none.
    private async Task<Subscription?> FindRoomAsync(Purchase draft, SkuTarget target, string skuId, int needed, CancellationToken cancellationToken)
    {
        var offerIds = target.OfferIds.Select(offer => offer.OfferId).ToList();
        var sources = draft.Keys;
        var active = (await CustomerFacts.SubscriptionsOfAsync(_view, skuId, offerIds, cancellationToken).ConfigureAwait(false))
            .Where(subscription => subscription.IsActive && !sources.Contains(subscription.Id, StringComparer.OrdinalIgnoreCase))
            .OrderByDescending(subscription => subscription.Quantity)
            .ToList();
        var isSameSku = draft.Cases.Any(source => CustomerView.Same(source.SkuId, skuId));
        var countedSkus = draft.Cases.Select(source => source.SkuId).ToList();
        return active.Count > 0 && !isSameSku && await FreeSeatsAsync(draft, skuId, countedSkus, cancellationToken).ConfigureAwait(false) >= needed ? active[0] : null;
    }

    // What was bought for other sources is theirs until their users have moved.
    private async Task<int> FreeSeatsAsync(Purchase draft, string skuId, IReadOnlyCollection<string> countedSkus, CancellationToken cancellationToken)
    {
        var free = LicensePool.Of(await _view.SkusAsync(cancellationToken).ConfigureAwait(false), skuId).Free;
        return Math.Max(0, free - await CustomerFacts.SeatsSpokenForAsync(_view, skuId, draft.Keys, countedSkus, cancellationToken).ConfigureAwait(false));
    }
}
