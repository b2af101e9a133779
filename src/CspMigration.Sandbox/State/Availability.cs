using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>A product SKU on sale to one segment. Its id changes every day.</summary>
internal sealed class Availability
{
    public Availability(ProductSku sku, string segment, string id)
    {
        Sku = sku;
        Segment = segment;
        Id = id;
    }

    public ProductSku Sku { get; }

    public string Segment { get; }

    public string Id { get; }

    public string CatalogItemId => $"{Sku.Name}:{Id}";
}
