using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>Prepaid terms, discontinued products, and new-commerce sources.</summary>
internal static class TermCases
{
    private static readonly ProductSku RetiredProduct =
        ProductCatalog.Instance.FindSku("CFQ7TTC0SB0F:0001")!;

    public static IReadOnlyList<CustomerCase> All { get; } =
    [
        new(
            "Paid for the year",
            "Billed for the year in advance: suspending refunds nothing, and it expires in thirty days.",
            EdgeCase.Source(OfferIds.CrmBasic, billingCycle: "annual")),
        new(
            "Discontinued without target",
            "The offer is retired, and no commerce sells an equivalent.",
            EdgeCase.Source(OfferIds.Campaigns)),
        new(
            "New commerce source",
            "A new-commerce subscription of a year: no etag, billing goes on while suspended, too late to cancel (900117) or to reduce (800090).",
            builder => builder.Holders(builder.NewCommerce(RetiredProduct, 10, "P1Y").Sku, 6)),
        new(
            "New commerce source just bought",
            "A new-commerce subscription of a month, purchased an hour ago: it can be canceled and reduced for seven days.",
            builder => builder.Holders(builder.NewCommerce(RetiredProduct, 10, "P1M").Sku, 6)),
    ];
}
