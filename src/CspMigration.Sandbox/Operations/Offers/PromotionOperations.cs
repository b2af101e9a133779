using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Offers;

/// <summary>The promotions, and whether a purchase is eligible for one.</summary>
internal static class PromotionOperations
{
    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/productpromotions", Needs.None, List),
        new("GET", "/v1/productpromotions/{promotionId}", Needs.None, Get),
        new("POST", "/v1/customers/{customerId}/promotionEligibilities", Needs.Relationship, Verify),
    ];

    private static Answer List(Call call)
    {
        _ = Countries.Require(call);
        var segment = call.Query.Word("segment", Words.SegmentNames) ?? throw Refusals.BadInput("The query has no segment.");
        return Answer.Ok(Json.Collection(segment == Segments.Commercial ? ProductCatalog.Instance.Promotions.Select(Resource) : []));
    }

    private static Answer Get(Call call)
    {
        _ = Countries.Require(call);
        var id = call["promotionId"];
        return Answer.Ok(Resource(ProductCatalog.Instance.FindPromotion(id) ?? throw Refusals.NoSuchPromotionId(id)));
    }

    private static Answer Verify(Call call) =>
        Answer.Ok(Json.Collection(call.Body.Objects("items").Select((item, index) => Verify(call, item, index)).ToList()));

    private static JObject Verify(Call call, JsonBody item, int index)
    {
        var itemId = item.NonEmptyText("catalogItemId") ?? throw Refusals.InvalidProperty("catalogItemId", "an item has none.");
        var term = item.NonEmptyText("termDuration")?.ToUpperInvariant() ?? throw Refusals.InvalidProperty("termDuration", "an item has none.");
        var cycle = item.Word("billingCycle", Words.BillingCycles) ?? throw Refusals.InvalidProperty("billingCycle", "an item has none.");
        var sku = call.World.Products.Find(itemId, call.Now)?.Sku;
        var promotionId = item.NonEmptyText("promotionId");
        var promotions = promotionId == null
            ? ProductCatalog.Instance.Promotions.Where(promotion => promotion.Sku == sku).ToList()
            : [.. new[] { ProductCatalog.Instance.FindPromotion(promotionId) }.OfType<Promotion>()];
        var eligibilities = promotions.Select(promotion => Eligibility(promotion, sku, sku?.Term(term, cycle))).ToList();
        if (eligibilities.Count == 0)
        {
            eligibilities.Add(promotionId == null
                ? Ineligible(null, "NoPromotionsAvailable", "There are no promotions available at this time.")
                : Ineligible(promotionId, "InvalidPromotion", "The provided promotion is invalid."));
        }

        return new JObject
        {
            ["id"] = item.Whole("id") ?? index,
            ["catalogItemId"] = itemId,
            ["quantity"] = item.Whole("quantity") ?? throw Refusals.InvalidProperty("quantity", "an item has none."),
            ["billingCycle"] = cycle,
            ["termDuration"] = term,
            ["eligibilities"] = new JArray(eligibilities),
            ["attributes"] = Json.Attributes("PromotionEligibilities"),
        };
    }

    private static JObject Eligibility(Promotion promotion, ProductSku? sku, ProductTerm? term)
    {
        if (sku == null)
        {
            return Ineligible(promotion.Id, "InvalidCatalogItemId", "The provided CatalogItemId is invalid.");
        }

        if (promotion.Sku != sku)
        {
            return Ineligible(promotion.Id, "InvalidPromotion", "The provided promotion is invalid.");
        }

        return term != null && promotion.AppliesTo(sku, term)
            ? new JObject { ["promotionId"] = promotion.Id, ["isEligible"] = true }
            : Ineligible(promotion.Id, "Term", "The provided term isn't applicable for the promotion.");
    }

    private static JObject Ineligible(string? promotionId, string type, string description) => new()
    {
        ["promotionId"] = promotionId,
        ["isEligible"] = false,
        ["errors"] = new JArray(new JObject { ["type"] = type, ["description"] = description }),
    };

    private static JObject Resource(Promotion promotion) => new()
    {
        ["id"] = promotion.Id,
        ["name"] = promotion.Name,
        ["description"] = promotion.Name,
        ["startDate"] = "2024-01-01T00:00:00Z",
        ["endDate"] = "9999-01-01T00:00:00Z",
        ["properties"] = new JObject { ["isAutoApplicable"] = false },
        ["requiredProducts"] = new JArray(new JObject
        {
            ["productId"] = promotion.Sku.Product.Id,
            ["skuId"] = promotion.Sku.Id,
            ["term"] = new JObject { ["duration"] = promotion.Term.Duration, ["billingCycle"] = promotion.Term.BillingCycle },
            ["pricingPolicies"] = new JArray(new JObject { ["policyType"] = "PercentDiscount", ["value"] = promotion.Discount }),
        }),
        ["attributes"] = Json.Attributes("ProductPromotion"),
    };
}
