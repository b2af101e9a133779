using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Threading;
using CspMigration.PartnerCenter;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Catalog;

/// <summary>
/// What is on sale, legacy and new commerce alike, as the session has read it: once a country, and once a product.
/// Availabilities are not kept: their ids change (docs/partner-center.md §9).
/// </summary>
internal sealed class OfferCatalog
{
    private const int ProductsAtOnce = 8;

    private readonly AsyncCache<string, IReadOnlyDictionary<CatalogItemId, TargetOffer>> _legacy = new(StringComparer.OrdinalIgnoreCase);
    private readonly AsyncCache<string, IReadOnlyList<Product>> _products = new(StringComparer.OrdinalIgnoreCase);
    private readonly AsyncCache<string, IReadOnlyList<ProductSku>> _skus = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What has been read so far.</summary>
    public IEnumerable<SeenOffer> Seen =>
    [
        .. _legacy.Values.SelectMany(offers => offers.Values).Select(offer => new SeenOffer(offer.Id, offer.Name, offer.IsAddOn)),
        .. _skus.Values.SelectMany(skus => skus).Select(sku => new SeenOffer(sku.CatalogItemId.ToString(), sku.Title, sku.IsAddOn)),
    ];

    /// <summary>The legacy offers of a country by their id.</summary>
    public Task<IReadOnlyDictionary<CatalogItemId, TargetOffer>> ListLegacyAsync(PartnerCenterClient client, string country, CancellationToken cancellationToken)
    {
        return _legacy.GetAsync(
            country,
            async token =>
            {
                var byId = new Dictionary<CatalogItemId, TargetOffer>();
                foreach (var offer in await client.Offers.ListAsync(country, token).ConfigureAwait(false))
                {
                    byId[offer.Id] = Describe(offer, country);
                }

                return byId;
            },
            cancellationToken);
    }

    /// <summary>The new-commerce SKUs of a country whose product or SKU has a title that passes; with a segment, those sold to it.</summary>
    public async Task<IReadOnlyList<ProductSku>> ListSkusAsync(
        PartnerCenterClient client, string country, string? segment, Func<string?, bool> title, CancellationToken cancellationToken)
    {
        var products = await ProductsAsync(client, country, segment, cancellationToken).ConfigureAwait(false);
        var found = new ConcurrentBag<ProductSku>();
        await Concurrently.ForEachAsync(
            products,
            ProductsAtOnce,
            async (product, token) =>
            {
                foreach (var sku in await SkusAsync(client, product.Id, country, segment, token).ConfigureAwait(false))
                {
                    if (title(sku.Title ?? product.Title))
                    {
                        found.Add(sku);
                    }
                }
            },
            cancellationToken).ConfigureAwait(false);
        return [.. found.OrderBy(sku => sku.Title, StringComparer.OrdinalIgnoreCase).ThenBy(sku => sku.CatalogItemId)];
    }

    /// <summary>
    /// Looks for the new-commerce SKUs that give a directory SKU. The service cannot be asked for one by that key: products
    /// are looked into whose title resembles the name most, then those whose title resembles it less, until it is enough.
    /// </summary>
    /// <param name="client">The service.</param>
    /// <param name="country">The country.</param>
    /// <param name="directorySkuId">The directory SKU.</param>
    /// <param name="name">The name.</param>
    /// <param name="isEnough">Takes those of products that resemble it alike, and says whether to end the search.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task FindByDirectorySkuAsync(
        PartnerCenterClient client,
        string country,
        SkuId directorySkuId,
        string name,
        Func<IReadOnlyList<ProductSku>, Task<bool>> isEnough,
        CancellationToken cancellationToken)
    {
        var products = await ProductsAsync(client, country, segment: null, cancellationToken).ConfigureAwait(false);
        foreach (var alike in products.GroupBy(product => Resemblance(product.Title, name)).OrderByDescending(group => group.Key))
        {
            var skus = new ConcurrentBag<ProductSku>();
            await Concurrently.ForEachAsync(
                alike,
                ProductsAtOnce,
                async (product, token) =>
                {
                    foreach (var sku in await SkusAsync(client, product.Id, country, segment: null, token).ConfigureAwait(false))
                    {
                        if (!sku.IsTrial && sku.ProvisioningId.Is(directorySkuId))
                        {
                            skus.Add(sku);
                        }
                    }
                },
                cancellationToken).ConfigureAwait(false);
            if (!skus.IsEmpty && await isEnough([.. skus.OrderBy(sku => sku.CatalogItemId)]).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>One SKU by its id in new commerce, whatever its availability; null where it is not sold.</summary>
    public async Task<ProductSku?> FindSkuAsync(
        PartnerCenterClient client, string country, string? segment, CatalogItemId itemId, CancellationToken cancellationToken)
    {
        if (itemId.Product is not { } productId)
        {
            return null;
        }

        var products = await ProductsAsync(client, country, segment, cancellationToken).ConfigureAwait(false);
        if (!products.Any(product => string.Equals(product.Id, productId, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var skus = await SkusAsync(client, productId, country, segment, cancellationToken).ConfigureAwait(false);
        return skus.FirstOrDefault(sku => string.Equals(sku.Id, itemId.Sku, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A SKU with what it can be bought for now: terms, cycles, and the item a cart takes.</summary>
    public static async Task<NewCommerceOffer> ReadAvailabilityAsync(
        PartnerCenterClient client, ProductSku sku, string country, string? segment, CancellationToken cancellationToken)
    {
        var availabilities = await client.Products.ListAvailabilitiesAsync(sku.ProductId, sku.Id, country, segment, cancellationToken).ConfigureAwait(false);
        return new NewCommerceOffer(sku, country, segment, availabilities);
    }

    private static TargetOffer Describe(Offer offer, string country)
    {
        var segment = offer.CustomerQualifications.Select(Segments.Of).FirstOrDefault(word => word != Segments.Commercial) ?? Segments.Of(offer.CategoryId);
        return new TargetOffer
        {
            Id = offer.Id.ToString(),
            Name = offer.Name,
            Commerce = CommerceKind.Legacy,
            SkuId = offer.SkuId?.ToString(),
            Country = offer.Country ?? country,
            Segment = segment,
            BillingCycles = offer.BillingCycles,
            Terms = offer.Term is { } term ? [term] : [],
            MinimumQuantity = offer.MinimumQuantity,
            MaximumQuantity = offer.MaximumQuantity,
            Limit = offer.Limit,
            LimitUnit = offer.LimitUnit,
            IsTrial = offer.IsTrial,
            IsAddOn = offer.IsAddOn,
            Prerequisites = [.. offer.Prerequisites.Select(needed => needed.ToString())],
            IsAvailableForPurchase = offer.IsAvailableForPurchase,
        };
    }

    private Task<IReadOnlyList<Product>> ProductsAsync(PartnerCenterClient client, string country, string? segment, CancellationToken cancellationToken)
    {
        return _products.GetAsync($"{country}/{segment}", token => client.Products.ListAsync(country, segment, token), cancellationToken);
    }

    private Task<IReadOnlyList<ProductSku>> SkusAsync(
        PartnerCenterClient client, string productId, string country, string? segment, CancellationToken cancellationToken)
    {
        return _skus.GetAsync($"{country}/{segment}/{productId}", token => client.Products.ListSkusAsync(productId, country, segment, token), cancellationToken);
    }

    // How many words of a name are in a title.
    private static int Resemblance(string? title, string name)
    {
        char[] separators = [' ', ',', '-', '(', ')'];
        return name.Split(separators, StringSplitOptions.RemoveEmptyEntries).Count(word => (title ?? "").IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
    }
}
