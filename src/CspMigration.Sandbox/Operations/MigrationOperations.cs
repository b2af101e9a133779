using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Gateway;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations;

/// <summary>
/// The question whether the service itself would move a subscription to new commerce. It would where the same SKU is sold
/// there; the retired products have no such equivalent.
/// </summary>
internal static class MigrationOperations
{
    private const int NoEquivalent = 5;
    private const int NotActive = 900215;
    private const int EndsWithinADay = 900217;
    private const int HasPromotionOrTrial = 900218;

    public static IEnumerable<Route> Routes =>
    [
        new("POST", "/v1/customers/{customerId}/migrations/newcommerce/validate", Needs.Relationship, Validate),
    ];

    private static Answer Validate(Call call)
    {
        var id = call.Body.Text("currentSubscriptionId") ?? throw Refuse.InvalidProperty("currentSubscriptionId", "it is missing.");
        var subscription = call.Account.FindSubscription(id) ?? throw Refuse.NoSuchSubscription(id);
        var equivalent = Equivalent(call, subscription);
        var errors = Errors(call, subscription, equivalent).ToList();
        var result = new JObject { ["currentSubscriptionId"] = subscription.Id, ["isEligible"] = errors.Count == 0 };
        if (errors.Count == 0)
        {
            result["catalogItemId"] = equivalent!.CatalogueItemId;
        }
        else
        {
            result["errors"] = new JArray(errors.Select(error => new JObject { ["code"] = error.Code, ["description"] = error.Description }));
        }

        return Answer.Ok(result);
    }

    private static Availability? Equivalent(Call call, Subscription subscription) => ProductCatalogue.Instance.Skus
        .Where(sku => sku.Sku == subscription.Sku && !sku.IsTrial)
        .SelectMany(sku => call.World.Products.Of(sku, [Segments.Commercial], call.Now))
        .FirstOrDefault();

    private static IEnumerable<(int Code, string Description)> Errors(Call call, Subscription subscription, Availability? equivalent)
    {
        if (!subscription.IsLive)
        {
            yield return (NotActive, "The subscription is not active.");
        }

        if (subscription.EndOfTerm - call.Now < TimeSpan.FromDays(1))
        {
            yield return (EndsWithinADay, "The subscription ends within 24 hours.");
        }

        if (subscription.IsTrial)
        {
            yield return (HasPromotionOrTrial, "A trial cannot be migrated.");
        }

        if (equivalent == null || subscription.Commerce == Commerce.New)
        {
            yield return (NoEquivalent, "There is no equivalent offer in new commerce to migrate the subscription to.");
        }
    }
}
