using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>Converts trials to paid subscriptions; id, users and licenses stay.</summary>
internal static class ConversionOperations
{
    private const string Conversions = "/v1/customers/{customerId}/subscriptions/{subscriptionId}/conversions";
    private const string DefaultCycle = "monthly";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Conversions, Needs.Directory | Needs.Relationship, List),
        new("POST", Conversions, Needs.Directory | Needs.Relationship, Convert) { Audited = new("convert_trial_subscription", "subscription") },
    ];

    private static Answer List(Call call)
    {
        var trial = call.Subscription;
        return Answer.Ok(Json.Collection(Targets(call).Select(target => new JObject
        {
            ["offerId"] = trial.OfferId,
            ["targetOfferId"] = target.Id,
            ["orderId"] = trial.OrderId,
            ["quantity"] = trial.Quantity,
            ["billingCycle"] = DefaultCycle,
            ["attributes"] = Json.Attributes("Conversion"),
        })));
    }

    // A failed conversion is a 200 with an error inside.
    private static Answer Convert(Call call)
    {
        var trial = call.Subscription;
        var targetId = call.Body.Text("targetOfferId") ?? throw Refusals.InvalidProperty("targetOfferId", "it is missing.");
        var result = new JObject
        {
            ["subscriptionId"] = trial.Id,
            ["offerId"] = trial.OfferId,
            ["targetOfferId"] = targetId,
        };
        try
        {
            var target = Targets(call).FirstOrDefault(offer => AnyCase.AreEqual(offer.Id, targetId));
            Convert(call, trial, target ?? throw Refusals.NotConvertible($"The subscription cannot be converted to {targetId}."));
        }
        catch (ServiceException refusal)
        {
            result["error"] = new JObject { ["code"] = refusal.Code, ["description"] = refusal.Message };
        }

        result["attributes"] = Json.Attributes("ConversionResult");
        return Answer.Ok(result);
    }

    private static void Convert(Call call, Subscription trial, Offer target)
    {
        var quantity = call.Body.Whole("quantity") ?? trial.Quantity;
        if (quantity < target.MinimumQuantity || quantity > target.MaximumQuantity)
        {
            throw Refusals.SubscriptionQuantity(target.MinimumQuantity, target.MaximumQuantity);
        }

        var cycle = BillingCycles.Read(call.Body) ?? DefaultCycle;
        if (!target.AcceptsCycle(cycle))
        {
            throw Refusals.UnsupportedCycle(target, cycle);
        }

        trial.Convert(target, quantity, cycle, call.Now, call.World.ProvisioningDelay);
    }

    private static IEnumerable<Offer> Targets(Call call) =>
        !call.Customer.Terms.HasNoConversions && call.Subscription is { IsTrial: true, IsLive: true, Commerce: Commerce.Legacy } trial
        ? OfferCatalog.Instance.Get(trial.OfferId).ConversionTargets.Select(OfferCatalog.Instance.Get)
        : [];
}
