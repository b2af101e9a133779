using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>Whose catalogue is looked at: in which country, for which segments, without what.</summary>
internal sealed class ProductScope
{
    private readonly IReadOnlyList<string> _segments;
    private readonly IReadOnlyList<DirectorySku> _hidden;

    private ProductScope(string path, string country, IReadOnlyList<string> segments, IReadOnlyList<DirectorySku> hidden)
    {
        Path = path;
        Country = country;
        _segments = segments;
        _hidden = hidden;
    }

    public string Path { get; }

    public string Country { get; }

    public static ProductScope OfCountry(Call call) => new("", Countries.Require(call), Segments(call, ProductMarket.Segments), []);

    public static ProductScope OfCustomer(Call call) => new(
        "/customers/" + call.Customer.Id,
        call.Customer.Country,
        Segments(call, ProductMarket.SegmentsOf(call.Account, call.Now)),
        call.Customer.Terms.NotOnSale);

    public bool Sells(Product product) => product.Skus.Any(Sells);

    public bool Sells(ProductSku sku) => !_hidden.Contains(sku.Sku) && _segments.Any(sku.IsSoldTo);

    public Product Product(Call call)
    {
        var id = call["productId"];
        return ProductCatalogue.Instance.Find(id) is { } product && Sells(product) ? product : throw Refuse.NoSuchProduct(id);
    }

    public ProductSku Sku(Call call)
    {
        var id = call["skuId"];
        return Product(call).Sku(id) is { } sku && Sells(sku) ? sku : throw Refuse.NoSuchProductSku(id);
    }

    public IEnumerable<Availability> Availabilities(Call call, ProductSku sku) => call.World.Products.Of(sku, _segments, call.Now);

    private static IReadOnlyList<string> Segments(Call call, IReadOnlyList<string> open)
    {
        if (call.Query["targetSegment"] is not { } wanted)
        {
            return open;
        }

        return open.Where(segment => Same.Text(segment, wanted)).ToList() is { Count: > 0 } found ? found : throw Refuse.TargetSegment(wanted);
    }
}
