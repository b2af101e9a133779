using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Catalog;

/// <summary>All directory SKUs and their service plans.</summary>
internal sealed class SkuCatalog
{
    private static readonly Lazy<SkuCatalog> Loaded = new(() => new SkuCatalog(CatalogData.Load("skus.json")));

    private readonly Dictionary<string, DirectorySku> _byId = new(AnyCase.Comparer);
    private readonly Dictionary<string, DirectorySku> _byPartNumber = new(AnyCase.Comparer);

    private SkuCatalog(JObject data)
    {
        var plans = data["servicePlans"]!.Select(ReadPlan).ToDictionary(plan => plan.Id, AnyCase.Comparer);
        foreach (var sku in data["skus"]!.Select(row => ReadSku(row, plans)))
        {
            _byId.Add(sku.Id, sku);
            _byPartNumber.Add(sku.PartNumber, sku);
        }
    }

    public static SkuCatalog Instance => Loaded.Value;

    public DirectorySku? Find(string id) => _byId.TryGetValue(id, out var sku) ? sku : null;

    public DirectorySku ByPartNumber(string partNumber) => _byPartNumber[partNumber];

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

    // The data has only the last digits of the plans' made-up ids.
    private static string PlanId(int number) => FormattableString.Invariant($"00000000-5a4d-4000-9000-{number:D12}");
}
