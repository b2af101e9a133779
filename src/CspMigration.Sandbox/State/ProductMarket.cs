using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>What new commerce sells to whom. The ids of availabilities change every day, so that nobody can keep one.</summary>
internal sealed class ProductMarket
{
    private const string Alphabet = "0123456789BCDFGHJKLMNPQRSTVWXYZ";
    private const int IdLength = 4;

    private readonly HashSet<DirectorySku> _withdrawn = [];
    private readonly IdSource _ids;
    private readonly DateTimeOffset _startedOn;

    public ProductMarket(IdSource ids, DateTimeOffset startedOn)
    {
        _ids = ids;
        _startedOn = startedOn;
    }

    /// <summary>Sells nothing any more that leads to this SKU.</summary>
    public void Withdraw(DirectorySku sku) => _withdrawn.Add(sku);

    public bool IsSold(ProductSku sku, string segment) => sku.IsSoldTo(segment) && !_withdrawn.Contains(sku.Sku);

    public IEnumerable<Availability> Of(ProductSku sku, IEnumerable<string> segments, DateTimeOffset now) =>
        segments.Where(segment => IsSold(sku, segment)).Select(segment => new Availability(sku, segment, Id(sku, segment, now)));

    /// <summary>What is no longer sold to anybody, but can still be converted into.</summary>
    public Availability ForConversion(ProductSku sku, DateTimeOffset now) => new(sku, Segments.Commercial, Id(sku, Segments.Commercial, now));

    /// <summary>What is on sale today under this <c>product:sku:availability</c>; null where nothing is.</summary>
    public Availability? Find(string catalogItemId, DateTimeOffset now) =>
        ProductCatalog.Instance.FindSku(catalogItemId) is { } sku
            ? Of(sku, Segments.All, now).FirstOrDefault(availability => AnyCase.AreEqual(availability.CatalogItemId, catalogItemId))
            : null;

    private string Id(ProductSku sku, string segment, DateTimeOffset now)
    {
        var name = FormattableString.Invariant($"availability/{sku.Name}/{segment}/{(now - _startedOn).Days}/");
        var digits = Enumerable.Range(0, IdLength).Select(index => Alphabet[_ids.Number(name + index, Alphabet.Length)]);
        return "CFQ7TTC0" + new string(digits.ToArray());
    }
}
