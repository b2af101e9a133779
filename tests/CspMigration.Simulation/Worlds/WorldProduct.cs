using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Simulation.Worlds;

/// <summary>A product by the short name that worlds and programs call it.</summary>
internal sealed class WorldProduct
{
    private WorldProduct(string name, string? offerId, string? productSku, string? parent = null)
    {
        Name = name;
        OfferId = offerId;
        ProductSku = productSku;
        Parent = parent;
        Sku = offerId is not null ? OfferCatalog.Instance.Get(offerId).Sku : ProductCatalog.Instance.FindSku(productSku!)!.Sku;
    }

    public static IReadOnlyList<WorldProduct> All { get; } =
    [
        new("AxTask", OfferIds.AxTask, null),
        new("AxSelfServe", OfferIds.AxSelfServe, null),
        new("AxDevice", OfferIds.AxDevice, null),
        new("CrmEssential", OfferIds.CrmEssential, null),
        new("CrmBasic", OfferIds.CrmBasic, null),
        new("CrmPro", OfferIds.CrmProfessional, "CFQ7TTC0SB0F:0001"),
        new("FieldService", OfferIds.FieldServiceAddOn, null, parent: "CrmPro"),
        new("Campaigns", OfferIds.Campaigns, null),
        new("TeamMembers", OfferIds.TeamMembers, "CFQ7TTC0SB04:0001"),
        new("CePlan", OfferIds.EngagementPlan, "CFQ7TTC0SB06:0001"),
        new("CePlanTrial", OfferIds.EngagementPlanTrial, null),
        new("Activity", OfferIds.Activity, "CFQ7TTC0SB03:0001"),
        new("Device", OfferIds.OperationsDevice, "CFQ7TTC0SB05:0001"),
        new("Sales", "E5AEEDC5-E2F0-4099-AA45-95802034D7F8", "CFQ7TTC0SB07:0001"),
        new("CustomerService", "58CD6573-6784-4467-B2FC-1A06BB874ED6", "CFQ7TTC0SB08:0001"),
        new("Storage", "00000000-5A4D-4000-A000-000000000002", "CFQ7TTC0SB0E:0001", parent: "CePlan"),
    ];

    public string Name { get; }

    /// <summary>The license-based offer; null where it was never one.</summary>
    public string? OfferId { get; }

    /// <summary><c>product:sku</c> of new commerce; null where there is none.</summary>
    public string? ProductSku { get; }

    /// <summary>Of an add-on: its base.</summary>
    public string? Parent { get; }

    public DirectorySku Sku { get; }

    public static WorldProduct Of(string name) => All.FirstOrDefault(product => product.Name == name) ?? throw new FormatException($"There is no product \"{name}\".");

    /// <summary>The short name of a directory SKU.</summary>
    public static string NameOf(string skuId) => All.FirstOrDefault(product => string.Equals(product.Sku.Id, skuId, StringComparison.OrdinalIgnoreCase))?.Name ?? skuId;
}
