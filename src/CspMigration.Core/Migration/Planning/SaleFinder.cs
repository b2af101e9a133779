using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.Planning;

/// <summary>
/// Finds what of a target is on sale: the legacy offer while the catalogue sells it, else new commerce by the directory
/// SKU (design rule 20). It never switches to another target on its own.
/// </summary>
internal sealed class SaleFinder
{
    private readonly PlanningContext _context;
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;

    public SaleFinder(PlanningContext context)
    {
        _context = context;
        _operation = context.Operation;
        _view = context.View;
    }

    /// <summary>What is on sale.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seats">The customer's seats of the target in all after the purchase, for the seat tiers.</param>
    /// <param name="cases">The sources, to name their other targets that are on sale where this one is not; none for a purchase without one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>TargetNotOnSale</c>.</exception>
    public async Task<Sale> FindAsync(SkuTarget target, int seats, IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        return await TryFindAsync(target, _context.Options, seats, cancellationToken).ConfigureAwait(false)
            ?? throw NotOnSale(target, await new TargetAdvice(_context, this).OnSaleAsync(target, seats, cases, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same where nobody has to choose another yet, so that none is looked up.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seats">The customer's seats of the target in all after the purchase, for the seat tiers.</param>
    /// <param name="cases">The sources, to name their other targets.</param>
    /// <param name="line">The command that buys another.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>TargetNotOnSale</c>.</exception>
    public async Task<Sale> ForeseeAsync(SkuTarget target, int seats, IReadOnlyList<MigrationCase> cases, PurchaseLine line, CancellationToken cancellationToken)
    {
        return await TryFindAsync(target, _context.Options, seats, cancellationToken).ConfigureAwait(false)
            ?? throw NotOnSale(target, TargetAdvice.OfMap(target, cases, line));
    }

    /// <summary>Whether a target could be bought in place of the one asked for.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seats">The customer's seats of it in all after the purchase, for the seat tiers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<bool> IsOnSaleAsync(SkuTarget target, int seats, CancellationToken cancellationToken)
    {
        return await TryFindAsync(target, _context.Options with { Target = null }, seats, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>A target that is in no map, from the catalogue: by offer id, directory SKU or name, or <c>product:sku</c>.</summary>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>.</exception>
    public async Task<SkuTarget> FindTargetAsync(string wanted, CancellationToken cancellationToken)
    {
        if (wanted.Contains(':'))
        {
            var sku = wanted.Split(':').Length == 2
                ? await _operation.Session.Offers.FindSkuAsync(_operation.Client, _context.Country, segment: null, wanted, cancellationToken).ConfigureAwait(false)
                : null;
            return sku is null
                ? throw ErrorCatalog.NoTarget.Exception($"New commerce in {_context.Country} has no {wanted}.")
                : new SkuTarget { Name = sku.Title ?? wanted, SkuId = sku.ProvisioningId, MinimumQuantity = sku.MinimumQuantity };
        }

        var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
        if ((offers.TryGetValue(wanted, out var byId) ? byId : null) is { } offer
            || (offer = offers.Values.FirstOrDefault(other => CustomerView.Same(other.Name, wanted))
                ?? offers.Values.FirstOrDefault(other => CustomerView.Same(other.SkuId, wanted) && !other.IsTrial && !other.IsAddOn)) is not null)
        {
            return new SkuTarget
            {
                Name = offer.Name ?? offer.Id,
                OfferIds = [new SkuTargetOffer { OfferId = offer.Id }],
                SkuId = offer.SkuId,
                MinimumQuantity = offer.MinimumQuantity,
            };
        }

        var skus = await _operation.Session.Offers.ListSkusAsync(
            _operation.Client, _context.Country, segment: null, title => CustomerView.Same(title, wanted), cancellationToken).ConfigureAwait(false);
        return skus.Count > 0
            ? new SkuTarget { Name = skus[0].Title ?? wanted, SkuId = skus[0].ProvisioningId, MinimumQuantity = skus[0].MinimumQuantity }
            : throw ErrorCatalog.NoTarget.Exception(
                $"Neither the SKU map nor the catalogue of {_context.Country} has a target called \"{wanted}\".{NearNames.Question(wanted, TargetNames())}");
    }

    /// <summary>An add-on that is sold for a base, by offer id, <c>product:sku</c> or name.</summary>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>: the base has no such add-on.</exception>
    public async Task<Sale> FindAddOnAsync(TargetOffer parent, string wanted, CancellationToken cancellationToken)
    {
        var catalog = _operation.Session.Offers;
        if (parent.Commerce == CommerceKind.Legacy)
        {
            var offers = await catalog.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
            var addOns = offers.Values.Where(offer => offer.IsAddOn && offer.Prerequisites.Contains(parent.Id, StringComparer.OrdinalIgnoreCase)).ToList();
            return addOns.Find(offer => CustomerView.Same(offer.Id, wanted) || CustomerView.Same(offer.Name, wanted)) is { IsAvailableForPurchase: true } legacy
                ? Sale.Legacy(legacy, mayFallBack: false)
                : throw NoAddOn(parent, wanted, addOns.Select(offer => offer.Name));
        }

        var skus = (await catalog.ListSkusAsync(_operation.Client, _context.Country, segment: null, _ => true, cancellationToken).ConfigureAwait(false))
            .Where(sku => sku.IsAddOn && sku.Prerequisites.Any(needed => CatalogIds.AreSame(needed, parent.Id))).ToList();
        foreach (var sku in skus.Where(sku => CustomerView.Same(OfferCatalog.IdOf(sku), wanted) || CustomerView.Same(sku.Title, wanted)))
        {
            var availabilities = await _operation.Client.Products.ListForCustomerAsync(_view.CustomerId, sku.ProductId, sku.Id, cancellationToken).ConfigureAwait(false);
            var offer = new NewCommerceOffer(sku, _context.Country, segment: null, availabilities);
            if (offer.Offer.IsAvailableForPurchase)
            {
                return Sale.InNewCommerce(offer);
            }
        }

        throw NoAddOn(parent, wanted, skus.Select(sku => sku.Title));
    }

    // Both catalogues have been read by now.
    private IEnumerable<string?> TargetNames()
    {
        return _operation.Session.Map.Mappings.SelectMany(mapping => mapping.Targets).Select(target => target.Name)
            .Concat(_operation.Session.Offers.Seen.Select(seen => seen.Name));
    }

    private CspMigrationException NotOnSale(SkuTarget target, string? action)
    {
        var commerce = _context.Options.Commerce == CommerceChoice.Auto ? "" : $" through {_context.Options.Commerce} commerce";
        return ErrorCatalog.TargetNotOnSale.Exception($"{target.Name} is not on sale in {_context.Country}{commerce}.", action: action);
    }

    private static CspMigrationException NoAddOn(TargetOffer parent, string wanted, IEnumerable<string?> known)
    {
        var names = known.OfType<string>().ToList();
        return ErrorCatalog.NoTarget.Exception(
            $"{parent.Name} has no add-on on sale called \"{wanted}\".", action: names.Count == 0 ? "It has none: leave -AddOn out." : $"It has: {Pasteable.Each("AddOn", names)}");
    }

    private async Task<Sale?> TryFindAsync(SkuTarget target, PurchaseOptions options, int seats, CancellationToken cancellationToken)
    {
        if (options.Commerce != CommerceChoice.New
            && TargetChooser.OfferFor(target, options.Target, seats) is { } tier
            && !(tier.WithdrawnOn <= _operation.Time.GetUtcNow().UtcDateTime))
        {
            var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
            if (offers.TryGetValue(tier.OfferId, out var offer) && offer.IsAvailableForPurchase)
            {
                return Sale.Legacy(offer, mayFallBack: options.Commerce == CommerceChoice.Auto && target.SkuId is not null);
            }
        }

        return options.Commerce == CommerceChoice.Legacy ? null
            : await FindInNewCommerceAsync(target, options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Sale?> FindInNewCommerceAsync(SkuTarget target, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var catalog = _operation.Session.Offers;
        var pinned = options.Target?.Contains(':') == true
            ? await catalog.FindSkuAsync(_operation.Client, _context.Country, segment: null, options.Target, cancellationToken).ConfigureAwait(false)
            : null;
        var skus = pinned is not null ? [pinned]
            : target.SkuId is { } skuId
                ? await catalog.FindByDirectorySkuAsync(_operation.Client, _context.Country, segment: null, skuId, target.Name, cancellationToken).ConfigureAwait(false)
                : [];
        foreach (var sku in skus)
        {
            // What this customer may buy, read just before buying: availabilities change.
            var availabilities = await _operation.Client.Products.ListForCustomerAsync(_view.CustomerId, sku.ProductId, sku.Id, cancellationToken).ConfigureAwait(false);
            var segments = availabilities.Select(availability => availability.Segment ?? Segments.Commercial).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var own = segments.Count > 1 ? await OwnSegmentAsync(segments, cancellationToken).ConfigureAwait(false) : segments.FirstOrDefault();
            var offer = new NewCommerceOffer(
                sku, _context.Country, own, [.. availabilities.Where(availability => CustomerView.Same(availability.Segment ?? Segments.Commercial, own))]);
            if (offer.Offer.IsAvailableForPurchase)
            {
                return Sale.InNewCommerce(offer);
            }
        }

        return null;
    }

    // A customer qualified for a segment buys there, everybody else what is commercial.
    private async Task<string> OwnSegmentAsync(List<string> segments, CancellationToken cancellationToken)
    {
        var qualifications = await _view.QualificationsAsync(cancellationToken).ConfigureAwait(false);
        return segments.Find(segment => segment != Segments.Commercial && Segments.MayBuy(segment, qualifications))
            ?? segments.Find(segment => segment == Segments.Commercial)
            ?? segments[0];
    }
}
