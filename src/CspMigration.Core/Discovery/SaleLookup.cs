using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.PartnerCenter.Http;

namespace CspMigration.Core.Discovery;

/// <summary>Whether new commerce still sells a SKU in a country, looked up once for all customers of a search.</summary>
internal sealed class SaleLookup
{
    private readonly MigrationOperation _operation;
    private readonly AsyncCache<(string Country, CatalogItemId Item), bool> _onSale = new();

    public SaleLookup(MigrationOperation operation) => _operation = operation;

    /// <summary>Whether a SKU, by its id without an availability, is sold in a country, to any segment.</summary>
    public Task<bool> IsOnSaleAsync(CatalogItemId itemId, string country, CancellationToken cancellationToken)
    {
        return _onSale.GetAsync((country.ToUpperInvariant(), itemId), token => ReadAsync(itemId, country, token), cancellationToken);
    }

    // A SKU can stay in the catalog when nothing of it is sold any longer.
    private async Task<bool> ReadAsync(CatalogItemId itemId, string country, CancellationToken cancellationToken)
    {
        try
        {
            var sku = await _operation.Session.Offers.FindSkuAsync(_operation.Client, country, segment: null, itemId, cancellationToken).ConfigureAwait(false);
            return sku is not null
                && (await OfferCatalog.ReadAvailabilityAsync(_operation.Client, sku, country, segment: null, cancellationToken).ConfigureAwait(false)).Offer.IsAvailableForPurchase;
        }
        catch (CspMigrationException e) when (e.ServiceCode is ServiceCodes.ProductNotFound or ServiceCodes.SkuNotFound or ServiceCodes.AvailabilityNotFound)
        {
            return false;
        }
    }
}
