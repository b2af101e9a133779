using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Catalogue;

/// <summary>All that has ever been sold here: read once from the embedded data, the same in every scenario.</summary>
internal sealed class OfferCatalogue
{
    private static readonly Lazy<OfferCatalogue> Loaded = new(Load);

    private readonly Dictionary<string, Offer> _offers = new(Same.Comparer);
    private readonly Dictionary<string, DirectorySku> _skus = new(Same.Comparer);

    private OfferCatalogue(JObject data)
    {
        var plans = data["servicePlans"]!.Select(ReadPlan).ToDictionary(plan => plan.Id, Same.Comparer);
        var byPartNumber = data["skus"]!.Select(sku => ReadSku(sku, plans)).ToDictionary(sku => sku.PartNumber, Same.Comparer);
        foreach (var sku in byPartNumber.Values)
        {
            _skus.Add(sku.Id, sku);
        }

        OnSale = Read(data["offers"]!, byPartNumber, retired: false);
        Retired = Read(data["retiredOffers"]!, byPartNumber, retired: true);
    }

    public static OfferCatalogue Instance => Loaded.Value;

    /// <summary>What the catalogue lists.</summary>
    public IReadOnlyList<Offer> OnSale { get; }

    /// <summary>What customers may still have but nobody can find or buy.</summary>
    public IReadOnlyList<Offer> Retired { get; }

    /// <summary>The offer with this id, listed or retired; null if there never was one.</summary>
    public Offer? Find(string id) => _offers.TryGetValue(id, out var offer) ? offer : null;

    public Offer Get(string id) => _offers[id];

    public DirectorySku? FindSku(string id) => _skus.TryGetValue(id, out var sku) ? sku : null;

    private static OfferCatalogue Load()
    {
        using var stream = typeof(OfferCatalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        using var reader = new StreamReader(stream);
        return new OfferCatalogue(JObject.Parse(reader.ReadToEnd()));
    }

    private static ServicePlan ReadPlan(JToken plan) => new(
        plan.Value<string>("id")!,
        plan.Value<string>("name")!,
        plan.Value<string>("displayName")!,
        plan.Value<string>("targetType") ?? "User",
        plan.Value<string>("exclusive"));

    private static DirectorySku ReadSku(JToken sku, Dictionary<string, ServicePlan> plans) => new(
        sku.Value<string>("id")!,
        sku.Value<string>("partNumber")!,
        sku.Value<string>("name")!,
        sku.Value<string>("targetType") ?? "User",
        sku.Value<string>("licenseGroup") ?? "group1",
        sku["servicePlans"]!.Select(number => plans[PlanId(number.Value<int>())]).ToList());

    // The data names plans by the last digits of their ids, which are made up.
    private static string PlanId(int number) => FormattableString.Invariant($"00000000-5a4d-4000-9000-{number:D12}");

    private List<Offer> Read(JToken rows, Dictionary<string, DirectorySku> skus, bool retired)
    {
        var offers = rows.Select(row => new Offer
        {
            Id = row.Value<string>("id")!,
            Name = row.Value<string>("name")!,
            Sku = skus[row.Value<string>("sku")!],
            MinimumQuantity = row.Value<int?>("minimum") ?? 1,
            Limit = row.Value<int?>("limit") ?? 0,
            LimitUnit = row.Value<string>("limitUnit") ?? "None",
            IsTrial = row.Value<bool?>("trial") ?? false,
            ConversionTargets = Texts(row["convertsTo"]),
            Parents = Texts(row["parents"]),
            Countries = Texts(row["countries"]),
            IsWithdrawn = row.Value<bool?>("withdrawn") ?? false,
            IsRetired = retired,
            Successors = Texts(row["successors"]).Select(part => skus[part]).ToList(),
        }).ToList();
        foreach (var offer in offers)
        {
            _offers.Add(offer.Id, offer);
        }

        return offers;
    }

    private static List<string> Texts(JToken? array) =>
        array is null ? [] : array.Select(text => text.Value<string>()!).ToList();
}
