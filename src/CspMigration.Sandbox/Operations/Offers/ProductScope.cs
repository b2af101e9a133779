using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Offers;

/// <summary>The country and the segments that a catalog request is for.</summary>
internal sealed class ProductScope
{
    private readonly ProductMarket _market;
    private readonly IReadOnlyList<string> _segments;

    private ProductScope(ProductMarket market, string path, string country, IReadOnlyList<string> segments)
    {
        _market = market;
        Path = path;
        Country = country;
        _segments = segments;
    }

    public string Path { get; }

    public string Country { get; }

    public static ProductScope OfCountry(Call call) =>
        new(call.World.Products, "", Countries.Require(call), OpenSegments(call, Segments.All));

    public static ProductScope OfCustomer(Call call) => new(
        call.World.Products,
        "/customers/" + call.Customer.Id,
        call.Customer.Country,
        OpenSegments(call, call.Account.SegmentsAt(call.Now)));

    public bool Sells(Product product) => product.Skus.Any(Sells);

    public bool Sells(ProductSku sku) => _segments.Any(segment => _market.IsSold(sku, segment));

    public Product Product(Call call)
    {
        var id = call["productId"];
        return ProductCatalog.Instance.Find(id) is { } product && Sells(product) ? product : throw Refusals.NoSuchProduct(id);
    }

    public ProductSku Sku(Call call)
    {
        var id = call["skuId"];
        return Product(call).Sku(id) is { } sku && Sells(sku) ? sku : throw Refusals.NoSuchProductSku(id);
    }

    public IEnumerable<Availability> Availabilities(Call call, ProductSku sku) => _market.Of(sku, _segments, call.Now);

    private static IReadOnlyList<string> OpenSegments(Call call, IReadOnlyList<string> open)
    {
        if (call.Query["targetSegment"] is not { } wanted)
        {
            return open;
        }

        return Words.SegmentNames.Find(wanted) is { } segment && open.Contains(segment) ? [segment] : throw Refusals.TargetSegment(wanted);
    }
}
