using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>The new-commerce catalog of license-based online services (docs/partner-center.md §9).</summary>
internal sealed class ProductOperations
{
    private readonly ServiceCaller _service;

    public ProductOperations(ServiceCaller service) => _service = service;

    /// <summary>The products of a country; with a segment, those sold to it.</summary>
    public Task<IReadOnlyList<Product>> ListAsync(string country, string? segment, CancellationToken cancellationToken)
    {
        return _service.ListAsync(
            ServiceRoute.Of($"products").WithQuery(("country", country), ("targetView", "OnlineServices"), ("targetSegment", segment)),
            "a product",
            Product.Read,
            cancellationToken);
    }

    public Task<IReadOnlyList<ProductSku>> ListSkusAsync(string productId, string country, string? segment, CancellationToken cancellationToken)
    {
        return _service.ListAsync(
            ServiceRoute.Of($"products/{productId}/skus").WithQuery(("country", country), ("targetSegment", segment)),
            "a SKU",
            ProductSku.Read,
            cancellationToken);
    }

    /// <summary>What a certain customer may buy of a SKU; nothing where the service does not sell it to the customer at all.</summary>
    public async Task<IReadOnlyList<Availability>> ListForCustomerAsync(CustomerId customerId, string productId, string skuId, CancellationToken cancellationToken)
    {
        var route = ServiceRoute.Of($"customers/{customerId}/products/{productId}/skus/{skuId}/availabilities");
        try
        {
            return await _service.ListAsync(route, "an availability", Availability.Read, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ServiceCode is ServiceCodes.ProductNotFound or ServiceCodes.SkuNotFound or ServiceCodes.AvailabilityNotFound)
        {
            return [];
        }
    }

    public Task<IReadOnlyList<Availability>> ListAvailabilitiesAsync(
        string productId, string skuId, string country, string? segment, CancellationToken cancellationToken)
    {
        return _service.ListAsync(
            ServiceRoute.Of($"products/{productId}/skus/{skuId}/availabilities").WithQuery(("country", country), ("targetSegment", segment)),
            "an availability",
            Availability.Read,
            cancellationToken);
    }
}
