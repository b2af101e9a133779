using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Catalog;

/// <summary>All products of new commerce: the former license-based offers, under made-up ids.</summary>
internal sealed class ProductCatalog
{
    private static readonly Lazy<ProductCatalog> Loaded = new(() => new ProductCatalog(CatalogData.Load("products.json")));

    private readonly Dictionary<string, Product> _byId;

    private ProductCatalog(JObject data)
    {
        All = data["products"]!.Select(ReadProduct).ToList();
        _byId = All.ToDictionary(product => product.Id, AnyCase.Comparer);
        Promotions = data["promotions"]!.Select(ReadPromotion).ToList();
    }

    public static ProductCatalog Instance => Loaded.Value;

    public IReadOnlyList<Product> All { get; }

    public IReadOnlyList<Promotion> Promotions { get; }

    public IEnumerable<ProductSku> Skus => All.SelectMany(product => product.Skus);

    public Product? Find(string id) => _byId.TryGetValue(id, out var product) ? product : null;

    public Promotion? FindPromotion(string? id) => Promotions.FirstOrDefault(promotion => AnyCase.AreEqual(promotion.Id, id));

    /// <summary>Finds a SKU by <c>product:sku</c>, with or without an availability.</summary>
    public ProductSku? FindSku(string catalogItemId)
    {
        var parts = catalogItemId.Split(':');
        return parts.Length < 2 ? null : Find(parts[0])?.Sku(parts[1]);
    }

    private static Product ReadProduct(JToken row)
    {
        var product = new Product(row.Value<string>("id")!, row.Value<string>("title")!);
        product.Skus.AddRange(row["skus"]!.Select(sku => ReadSku(product, sku)));
        return product;
    }

    private static ProductSku ReadSku(Product product, JToken row) => new(product, SkuCatalog.Instance.ByPartNumber(row.Value<string>("sku")!))
    {
        Id = row.Value<string>("id")!,
        Title = row.Value<string>("title") ?? product.Title,
        MinimumQuantity = row.Value<int?>("minimum") ?? 1,
        MaximumQuantity = row.Value<int?>("maximum") ?? Offer.NoMaximum,
        IsTrial = row.Value<bool?>("trial") ?? false,
        Price = row.Value<decimal>("price"),
        Segments = CatalogData.Texts(row["segments"]),
        Terms = CatalogData.Texts(row["terms"]).Select(ReadTerm).ToList(),
        Prerequisites = CatalogData.Texts(row["prerequisites"]),
        Upgrades = CatalogData.Texts(row["upgrades"]),
        UpgradeSeats = row.Value<int?>("upgradeSeats") ?? int.MaxValue,
        Renewals = CatalogData.Texts(row["renewals"]),
    };

    private Promotion ReadPromotion(JToken row) => new(
        row.Value<string>("id")!,
        row.Value<string>("name")!,
        FindSku(row.Value<string>("sku")!)!,
        ReadTerm(row.Value<string>("term")!),
        row.Value<decimal>("discount"));

    private static ProductTerm ReadTerm(string text)
    {
        var parts = text.Split('/');
        return new ProductTerm(parts[0], parts[1]);
    }
}
