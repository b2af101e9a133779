using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Catalog;

/// <summary>A product of new commerce.</summary>
internal sealed class Product
{
    public Product(string id, string title)
    {
        Id = id;
        Title = title;
    }

    public string Id { get; }

    public string Title { get; }

    public List<ProductSku> Skus { get; } = [];

    public ProductSku? Sku(string id) => Skus.FirstOrDefault(sku => AnyCase.AreEqual(sku.Id, id));
}
