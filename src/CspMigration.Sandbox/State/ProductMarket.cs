using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>What new commerce sells to which segment. The ids of availabilities change every day.</summary>
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

    /// <summary>Withdraws every product SKU that provisions this SKU.</summary>
    public void Withdraw(DirectorySku sku) => _withdrawn.Add(sku);

    public bool IsSold(ProductSku sku, string segment) => sku.IsSoldTo(segment) && !_withdrawn.Contains(sku.Sku);

    public IEnumerable<Availability> Of(ProductSku sku, IEnumerable<string> segments, DateTimeOffset now) =>
        segments.Where(segment => IsSold(sku, segment)).Select(segment => new Availability(sku, segment, Id(sku, segment, now)));

    /// <summary>An availability of a SKU that is no longer sold, for conversions into it.</summary>
    public Availability ForConversion(ProductSku sku, DateTimeOffset now) => new(sku, Segments.Commercial, Id(sku, Segments.Commercial, now));

    /// <summary>The availability on sale today under this <c>product:sku:availability</c>; null if there is none.</summary>
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
