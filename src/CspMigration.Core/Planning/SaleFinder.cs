using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>
/// Finds what of a target is on sale: the legacy offer while the catalog sells it, else new commerce by the directory
/// SKU (docs/rules.md, rule 20). It never switches to another target on its own.
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
    /// <exception cref="CspMigrationException"><c>TargetNotOnSale</c>; <c>NoTarget</c>: several things would be it.</exception>
    public async Task<Sale> FindAsync(SkuTarget target, int seats, IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var found = await SearchAsync(target, _context.Options, seats, cancellationToken).ConfigureAwait(false);
        return Only(found, target, new PurchaseCommandRemedies(_view.CustomerId, cases, _context.Options))
            ?? throw NotOnSale(target, await new TargetAdvice(_context, this).OnSaleAsync(target, seats, cases, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same where no one has to choose another yet, so that none is looked up.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seats">The customer's seats of the target in all after the purchase, for the seat tiers.</param>
    /// <param name="cases">The sources, to name their other targets.</param>
    /// <param name="line">The command that buys another.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>TargetNotOnSale</c>; <c>NoTarget</c>: several things would be it.</exception>
    public async Task<Sale> ForeseeAsync(SkuTarget target, int seats, IReadOnlyList<MigrationCase> cases, PurchaseCommandRemedies line, CancellationToken cancellationToken)
    {
        var found = await SearchAsync(target, _context.Options, seats, cancellationToken).ConfigureAwait(false);
        return Only(found, target, line) ?? throw NotOnSale(target, TargetAdvice.OfMap(target, cases, line));
    }

    /// <summary>Whether a target could be bought in place of the one asked for.</summary>
    /// <param name="target">The target.</param>
    /// <param name="seats">The customer's seats of it in all after the purchase, for the seat tiers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<bool> IsOnSaleAsync(SkuTarget target, int seats, CancellationToken cancellationToken)
    {
        return (await SearchAsync(target, _context.Options with { Target = null }, seats, cancellationToken).ConfigureAwait(false)).Count == 1;
    }

    /// <summary>A target that is in no map, from the catalog: by offer id, directory SKU or name, or <c>product:sku</c>.</summary>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>.</exception>
    public async Task<SkuTarget> FindTargetAsync(string wanted, CancellationToken cancellationToken)
    {
        if (CatalogItemId.FromOrNull(wanted) is { IsNewCommerce: true })
        {
            var sku = await FindSkuAsync(wanted, cancellationToken).ConfigureAwait(false);
            return sku is null
                ? throw ErrorCatalog.NoTarget.Exception($"New commerce in {_context.Country} has no {wanted}.")
                : new SkuTarget { Name = sku.Title ?? wanted, SkuId = sku.ProvisioningId?.ToString(), MinimumQuantity = sku.MinimumQuantity };
        }

        var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
        if ((CatalogItemId.FromOrNull(wanted) is { } itemId && offers.TryGetValue(itemId, out var byId) ? byId : null) is { } offer
            || (offer = offers.Values.FirstOrDefault(other => Names.AreSame(other.Name, wanted)) ?? OfSku(offers.Values, wanted)) is not null)
        {
            return new SkuTarget
            {
                Name = offer.Name ?? offer.Id,
                OfferIds = [new SkuTargetOffer { OfferId = offer.Id }],
                SkuId = offer.SkuId,
                MinimumQuantity = offer.MinimumQuantity,
            };
        }

        var isId = Guid.TryParse(wanted, out _);
        var skus = await _operation.Session.Offers.ListSkusAsync(
            _operation.Client, _context.Country, segment: null, title => isId || Names.AreSame(title, wanted), cancellationToken).ConfigureAwait(false);
        if (isId)
        {
            skus = SaleTitles.Narrow([.. skus.Where(sku => sku.ProvisioningId.Is(SkuId.From(wanted)) && !sku.IsTrial && !sku.IsAddOn)], sku => sku.Title, wanted);
        }

        return skus.Count == 0
            ? throw ErrorCatalog.NoTarget.Exception(
                $"Neither the SKU map nor the catalog of {_context.Country} has a target called \"{wanted}\".{NearNames.Question(wanted, TargetNames())}")
            : skus.Select(sku => isId ? sku.CatalogItemId.ToString() : sku.ProvisioningId?.ToString()).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1
            ? throw Several(wanted, skus.Select(sku => (sku.CatalogItemId.ToString(), sku.Title)))
            : new SkuTarget { Name = skus[0].Title ?? wanted, SkuId = skus[0].ProvisioningId?.ToString(), MinimumQuantity = skus[0].MinimumQuantity };
    }

    // An availability is not the user's to name: it changes.
    private Task<ProductSku?> FindSkuAsync(string wanted, CancellationToken cancellationToken)
    {
        return CatalogItemId.FromOrNull(wanted) is { IsNewCommerce: true, Availability: null } itemId
            ? _operation.Session.Offers.FindSkuAsync(_operation.Client, _context.Country, segment: null, itemId, cancellationToken)
            : Task.FromResult<ProductSku?>(null);
    }

    /// <summary>What is on sale of the product that units of another channel are of; null where it is discontinued (docs/rules.md, rules 15 and 18).</summary>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>: several things are it.</exception>
    public async Task<SkuTarget?> FindSameProductAsync(SkuId skuId, string name, CancellationToken cancellationToken)
    {
        if (_context.Options.Commerce != CommerceChoice.New)
        {
            var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
            if (OfSku(offers.Values, skuId.ToString()) is { IsAvailableForPurchase: true } offer)
            {
                return new SkuTarget
                {
                    Name = offer.Name ?? name,
                    OfferIds = [new SkuTargetOffer { OfferId = offer.Id }],
                    SkuId = skuId.ToString(),
                    MinimumQuantity = offer.MinimumQuantity,
                    IsDefault = true,
                };
            }
        }

        var target = new SkuTarget { Name = name, SkuId = skuId.ToString(), IsDefault = true };
        return (await SearchAsync(target, _context.Options with { Target = null }, seats: 1, cancellationToken).ConfigureAwait(false)).Count > 0 ? target : null;
    }

    // What is for sale, and open to every customer.
    private TargetOffer? OfSku(IEnumerable<TargetOffer> offers, string wanted)
    {
        var ofSku = offers.Where(offer => offer.Sku.Is(SkuId.FromOrNull(wanted)) && !offer.IsTrial && !offer.IsAddOn).ToList();
        var found = SaleTitles.Narrow([.. ofSku.Where(offer => offer.IsAvailableForPurchase)], offer => offer.Name, wanted);
        return found.Count > 1 ? throw Several(wanted, found.Select(offer => (offer.Id, offer.Name))) : found.Count == 1 ? found[0] : ofSku.Find(offer => !offer.IsAvailableForPurchase);
    }

    private CspMigrationException Several(string wanted, IEnumerable<(string Id, string? Name)> found)
    {
        return ErrorCatalog.NoTarget.Exception(
            $"The catalog of {_context.Country} has {string.Join(" and ", found.Select(one => $"{one.Name} ({one.Id})"))} for {wanted}.",
            remedy: Remedies.NameOne(UserCommands.EachTarget([.. found.Select(one => one.Id)])));
    }

    /// <summary>An add-on that is sold for a purchase's base, by offer id, <c>product:sku</c> or name.</summary>
    /// <exception cref="CspMigrationException"><c>NoTarget</c>: there is no such add-on; <c>PrerequisiteMissing</c>: it is sold for other bases.</exception>
    public async Task<Sale> FindAddOnAsync(Purchase purchase, AddOnChoice choice, CancellationToken cancellationToken)
    {
        var parent = purchase.Base;
        var named = CatalogItemId.FromOrNull(choice.Name);
        var legacy = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
        if (parent.Commerce == CommerceKind.Legacy)
        {
            var addOns = legacy.Values.Where(offer => offer.IsAddOn).ToList();
            var fitting = addOns.FindAll(offer => offer.PrerequisiteItems.Any(needed => needed.IsIdenticalTo(parent.CatalogItem)));
            if (fitting.Find(IsWanted) is { IsAvailableForPurchase: true } onSale)
            {
                return Sale.Legacy(onSale, mayFallBack: false);
            }

            var isOfNewCommerce = await FindSkuAsync(choice.Name, cancellationToken).ConfigureAwait(false) is { IsAddOn: true };
            throw NoAddOn(purchase, choice, isOfOthers: isOfNewCommerce || (addOns.Exists(IsWanted) && !fitting.Exists(IsWanted)), fitting.Select(offer => offer.Name));
        }

        var skus = (await _operation.Session.Offers.ListSkusAsync(_operation.Client, _context.Country, segment: null, _ => true, cancellationToken).ConfigureAwait(false))
            .Where(sku => sku.IsAddOn).ToList();
        var ofParent = skus.FindAll(sku => sku.Prerequisites.Any(needed => needed.IsSameAs(parent.CatalogItem)));
        foreach (var sku in ofParent.Where(IsWantedSku))
        {
            var availabilities = await _operation.Client.Products.ListForCustomerAsync(_view.CustomerId, sku.ProductId, sku.Id, cancellationToken).ConfigureAwait(false);
            var offer = new NewCommerceOffer(sku, _context.Country, segment: null, availabilities);
            if (offer.Offer.IsAvailableForPurchase)
            {
                return Sale.InNewCommerce(offer);
            }
        }

        var isOfOthers = !ofParent.Exists(IsWantedSku) && (skus.Exists(IsWantedSku) || legacy.Values.Any(offer => offer.IsAddOn && IsWanted(offer)));
        throw NoAddOn(purchase, choice, isOfOthers, ofParent.Select(sku => sku.Title));

        bool IsWanted(TargetOffer offer) => offer.CatalogItem.IsIdenticalTo(named) || Names.AreSame(offer.Name, choice.Name);

        bool IsWantedSku(ProductSku sku) => sku.CatalogItemId.IsIdenticalTo(named) || Names.AreSame(sku.Title, choice.Name);
    }

    // Both catalogs have been read by now.
    private IEnumerable<string?> TargetNames()
    {
        return _operation.Session.Map.Mappings.SelectMany(mapping => mapping.Targets).Select(target => target.Name)
            .Concat(_operation.Session.Offers.Seen.Select(seen => seen.Name));
    }

    private CspMigrationException NotOnSale(SkuTarget target, Remedy? remedy)
    {
        var commerce = _context.Options.Commerce == CommerceChoice.Auto ? "" : $" through {_context.Options.Commerce} commerce";
        return PartnerCenterErrors.TargetNotOnSale.Exception($"{target.Name} is not on sale in {_context.Country}{commerce}.", remedy: remedy);
    }

    private static CspMigrationException NoAddOn(Purchase purchase, AddOnChoice choice, bool isOfOthers, IEnumerable<string?> known)
    {
        var names = known.OfType<string>().ToList();
        var (parent, remedy) = (purchase.Base, names.Count == 0 ? Remedies.LeaveOutAddOn() : Remedies.NameAddOn(UserCommands.EachAddOn(names)));
        return isOfOthers
            ? PartnerCenterErrors.PrerequisiteMissing.Exception(
                $"The add-on {choice.Name} is sold for other bases, not for {parent.Name} ({(purchase.Existing is { } existing ? $"{existing.Id}, {existing.Commerce}" : parent.Commerce)}).", remedy: remedy)
            : ErrorCatalog.NoTarget.Exception(
                $"{parent.Name} has no add-on on sale called \"{choice.Name}\".",
                remedy: choice.Name.Contains('=') ? Remedy.All([Remedies.CountUnits(), remedy]) : remedy);
    }

    // Several things on sale may give one directory SKU, at several prices and conditions: it is not for us to choose.
    private Sale? Only(IReadOnlyList<Sale> found, SkuTarget target, PurchaseCommandRemedies line)
    {
        return found.Count > 1
            ? throw ErrorCatalog.NoTarget.Exception(
                $"For {target.Name}, new commerce in {_context.Country} has {string.Join(" and ", found.Select(sale => $"{sale.Offer.Name} ({sale.Offer.Id})"))}.",
                remedy: Remedies.NameOne(line.Toward(found.Select(sale => sale.Offer.Id))))
            : found.Count == 1 ? found[0] : null;
    }

    private async Task<IReadOnlyList<Sale>> SearchAsync(SkuTarget target, PurchaseOptions options, int seats, CancellationToken cancellationToken)
    {
        if (options.Commerce != CommerceChoice.New
            && TargetChooser.OfferFor(target, options.Target, seats) is { } tier
            && !(tier.WithdrawnOn <= _operation.Time.GetUtcNow().UtcDateTime))
        {
            var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
            if (offers.TryGetValue(tier.CatalogItem, out var offer) && offer.IsAvailableForPurchase)
            {
                return [Sale.Legacy(offer, mayFallBack: options.Commerce == CommerceChoice.Auto && target.SkuId is not null)];
            }
        }

        return options.Commerce == CommerceChoice.Legacy ? []
            : [.. (await SearchNewCommerceAsync(target, options, cancellationToken).ConfigureAwait(false)).Select(Sale.InNewCommerce)];
    }

    private async Task<IReadOnlyList<NewCommerceOffer>> SearchNewCommerceAsync(SkuTarget target, PurchaseOptions options, CancellationToken cancellationToken)
    {
        var catalog = _operation.Session.Offers;
        var onSale = new List<NewCommerceOffer>();
        if (CatalogItemId.FromOrNull(options.Target) is { IsNewCommerce: true } named
            && await catalog.FindSkuAsync(_operation.Client, _context.Country, segment: null, named, cancellationToken).ConfigureAwait(false) is { } pinned)
        {
            await AddAsync(pinned).ConfigureAwait(false);
            return onSale;
        }

        if (target.Sku is { } skuId)
        {
            await catalog.FindByDirectorySkuAsync(_operation.Client, _context.Country, skuId, target.Name, IsEnoughAsync, cancellationToken).ConfigureAwait(false);
        }

        var found = Those(offer => !offer.Offer.IsAddOn, SaleTitles.Narrow(onSale, offer => offer.Offer.Name, target.Name));
        if (found.Count > 1)
        {
            var qualifications = await _view.QualificationsAsync(cancellationToken).ConfigureAwait(false);
            found = Those(offer => Segments.MayBuy(offer.Offer.Segment, qualifications), found);
        }

        return found;

        async Task<bool> IsEnoughAsync(IReadOnlyList<ProductSku> skus)
        {
            foreach (var sku in skus)
            {
                await AddAsync(sku).ConfigureAwait(false);
            }

            return onSale.Exists(offer => SaleTitles.IsOpen(offer.Offer.Name, target.Name));
        }

        async Task AddAsync(ProductSku sku)
        {
            var offer = await OfferAsync(sku, cancellationToken).ConfigureAwait(false);
            onSale.AddRange(offer.Offer.IsAvailableForPurchase ? [offer] : []);
        }

        // Where nothing is left, that is no reason to choose.
        static IReadOnlyList<NewCommerceOffer> Those(Func<NewCommerceOffer, bool> preferred, IReadOnlyList<NewCommerceOffer> offers)
        {
            return offers.Any(preferred) ? [.. offers.Where(preferred)] : offers;
        }
    }

    // What this customer may buy, read just before buying: availabilities change.
    private async Task<NewCommerceOffer> OfferAsync(ProductSku sku, CancellationToken cancellationToken)
    {
        var availabilities = await _operation.Client.Products.ListForCustomerAsync(_view.CustomerId, sku.ProductId, sku.Id, cancellationToken).ConfigureAwait(false);
        var segments = availabilities.Select(availability => availability.Segment ?? Segments.Commercial).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var own = segments.Count > 1 ? await OwnSegmentAsync(segments, cancellationToken).ConfigureAwait(false) : segments.FirstOrDefault();
        return new NewCommerceOffer(
            sku, _context.Country, own, [.. availabilities.Where(availability => ServiceWord.Is(availability.Segment ?? Segments.Commercial, own))]);
    }

    // A customer qualified for a segment buys there, every other customer what is commercial.
    private async Task<string> OwnSegmentAsync(List<string> segments, CancellationToken cancellationToken)
    {
        var qualifications = await _view.QualificationsAsync(cancellationToken).ConfigureAwait(false);
        return segments.Find(segment => segment != Segments.Commercial && Segments.MayBuy(segment, qualifications))
            ?? segments.Find(segment => segment == Segments.Commercial)
            ?? segments[0];
    }
}
