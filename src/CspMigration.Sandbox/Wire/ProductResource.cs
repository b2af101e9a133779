using System;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>Products, SKUs and availabilities as the service writes them.</summary>
internal static class ProductResource
{
    public static JObject ProductType() => new() { ["id"] = "OnlineServicesNCE", ["displayName"] = "OnlineServicesNCE" };

    public static JObject Of(Product product, string country)
    {
        var self = "/products/" + product.Id;
        return new JObject
        {
            ["id"] = product.Id,
            ["title"] = product.Title,
            ["description"] = product.Title + ", licensed by user.",
            ["productType"] = ProductType(),
            ["isMicrosoftProduct"] = true,
            ["publisherName"] = "Microsoft Corporation",
            ["links"] = new JObject
            {
                ["skus"] = Json.Link($"{self}/skus?country={country}"),
                ["self"] = Json.Link($"{self}?country={country}"),
            },
        };
    }

    public static JObject Of(ProductSku sku, string country)
    {
        var self = $"/products/{sku.Product.Id}/skus/{sku.Id}";
        return new JObject
        {
            ["id"] = sku.Id,
            ["productId"] = sku.Product.Id,
            ["title"] = sku.Title,
            ["description"] = sku.Title + ", licensed by user.",
            ["minimumQuantity"] = sku.MinimumQuantity,
            ["maximumQuantity"] = sku.MaximumQuantity,
            ["isTrial"] = sku.IsTrial,
            ["supportedBillingCycles"] = new JArray(sku.BillingCycles),
            ["purchasePrerequisites"] = new JArray("MicrosoftCloudAgreement"),
            ["inventoryVariables"] = new JArray(),
            ["provisioningVariables"] = new JArray(),
            ["actions"] = new JArray("Refund"),
            ["dynamicAttributes"] = new JObject
            {
                ["isMicrosoftProduct"] = true,
                ["hasConstraints"] = true,
                ["isAddon"] = sku.IsAddOn,
                ["prerequisiteSkus"] = new JArray(sku.Prerequisites),
                ["upgradeTargetOffers"] = new JArray(sku.Upgrades),
                ["provisioningId"] = sku.Sku.Id,
                ["internal"] = false,
            },
            ["links"] = new JObject
            {
                ["availabilities"] = Json.Link($"{self}/availabilities?country={country}"),
                ["self"] = Json.Link($"{self}?country={country}"),
            },
        };
    }

    public static JObject Of(Availability availability, string country)
    {
        var sku = availability.Sku;
        var terms = sku.Terms.Select((term, index) => (Id: FormattableString.Invariant($"term{index}"), Term: term)).ToList();
        return new JObject
        {
            ["id"] = availability.Id,
            ["productId"] = sku.Product.Id,
            ["skuId"] = sku.Id,
            ["catalogItemId"] = availability.CatalogItemId,
            ["defaultCurrency"] = new JObject { ["code"] = "USD", ["symbol"] = "$" },
            ["segment"] = availability.Segment,
            ["country"] = country,
            ["isPurchasable"] = true,
            ["isRenewable"] = !sku.IsTrial,
            ["product"] = Of(sku.Product, country),
            ["sku"] = Of(sku, country),
            ["renewalInstructions"] = new JArray(new JObject
            {
                ["applicableTermIds"] = new JArray(terms.Select(term => term.Id)),
                ["renewalOptions"] = new JArray(new JObject { ["renewToId"] = sku.Name, ["isAutoRenewable"] = !sku.IsTrial }),
            }),
            ["terms"] = new JArray(terms.Select(term => Of(term.Id, term.Term))),
            ["links"] = Json.SelfLink($"/products/{sku.Product.Id}/skus/{sku.Id}/availabilities/{availability.Id}?country={country}"),
        };
    }

    private static JObject Of(string id, ProductTerm term) => new()
    {
        ["id"] = id,
        ["duration"] = term.Duration,
        ["description"] = $"{term.Duration} commitment, billed {term.BillingCycle}",
        ["billingCycle"] = term.BillingCycle,
        ["cancellationPolicies"] = new JArray(new JObject
        {
            ["refundOptions"] = new JArray(new JObject { ["sequenceId"] = 0, ["type"] = "Full", ["expiresAfter"] = "P7D" }),
        }),
    };
}
