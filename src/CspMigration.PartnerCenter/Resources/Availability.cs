using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>How a SKU can be bought now; its id changes from time to time and is never kept (docs/partner-center.md §9).</summary>
internal sealed class Availability
{
    private Availability(ResourceReader json)
    {
        CatalogItemId = json.CatalogItemId("catalogItemId") ?? CatalogItemId.Of(json.RequiredText("productId"), json.RequiredText("skuId"), json.RequiredText("id"));
        Segment = json.Text("segment");
        IsPurchasable = json.Flag("isPurchasable");
        Terms = [.. json.Resources("terms").Select(term => new AvailabilityTerm(term.Text("duration") ?? "", term.Text("billingCycle") ?? ""))];
    }

    /// <summary><c>product:sku:availability</c>, as a cart takes it.</summary>
    public CatalogItemId CatalogItemId { get; }

    /// <summary>The customer segment it is for.</summary>
    public string? Segment { get; }

    public bool IsPurchasable { get; }

    public IReadOnlyList<AvailabilityTerm> Terms { get; }

    public static Availability Read(ResourceReader json) => new(json);
}
