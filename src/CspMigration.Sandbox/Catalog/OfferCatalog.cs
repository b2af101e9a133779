using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Catalog;

/// <summary>All license-based offers, retired ones included.</summary>
internal sealed class OfferCatalog
{
    private static readonly Lazy<OfferCatalog> Loaded = new(() => new OfferCatalog(CatalogData.Load("offers.json")));

    private readonly Dictionary<string, Offer> _byId = new(AnyCase.Comparer);

    private OfferCatalog(JObject data)
    {
        OnSale = Read(data["offers"]!, retired: false);
        Retired = Read(data["retiredOffers"]!, retired: true);
    }

    public static OfferCatalog Instance => Loaded.Value;

    /// <summary>The offers that the catalog lists.</summary>
    public IReadOnlyList<Offer> OnSale { get; }

    /// <summary>Offers that customers may still have but can no longer purchase.</summary>
    public IReadOnlyList<Offer> Retired { get; }

    /// <summary>The offer with this id, listed or retired; null if there is none.</summary>
    public Offer? Find(string id) => _byId.TryGetValue(id, out var offer) ? offer : null;

    public Offer Get(string id) => _byId[id];

    private List<Offer> Read(JToken rows, bool retired)
    {
        var offers = rows.Select(row => new Offer
        {
            Id = row.Value<string>("id")!,
            Name = row.Value<string>("name")!,
            Sku = SkuCatalog.Instance.ByPartNumber(row.Value<string>("sku")!),
            MinimumQuantity = row.Value<int?>("minimum") ?? 1,
            Limit = row.Value<int?>("limit") ?? 0,
            LimitUnit = row.Value<string>("limitUnit") ?? "None",
            IsTrial = row.Value<bool?>("trial") ?? false,
            ConversionTargets = CatalogData.Texts(row["convertsTo"]),
            UpgradeTargets = CatalogData.Texts(row["upgradesTo"]),
            Parents = CatalogData.Texts(row["parents"]),
            Segment = row.Value<string>("segment") ?? Segments.Commercial,
            Countries = CatalogData.Texts(row["countries"]),
            IsWithdrawn = row.Value<bool?>("withdrawn") ?? false,
            IsRetired = retired,
        }).ToList();
        foreach (var offer in offers)
        {
            _byId.Add(offer.Id, offer);
        }

        return offers;
    }
}
