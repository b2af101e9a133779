using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Offers;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>Upgrades of license-based subscriptions along the paths of their offers. Retired offers have no path.</summary>
internal static class UpgradeOperations
{
    private const string Subscription = "/v1/customers/{customerId}/subscriptions/{subscriptionId}";
    private const int UpgradeOnly = 1;
    private const int UpgradeWithLicenseTransfer = 2;
    private const int NotActive = 2;
    private const string Only = "upgrade_only";
    private const string WithTransfer = "upgrade_with_license_transfer";

    private static readonly Vocabulary Types = new("none", Only, WithTransfer);

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Subscription + "/upgrades", Needs.Relationship, List),
        new("POST", Subscription + "/upgrades", Needs.Relationship, Upgrade) { Audited = new("upgrade_subscription", "subscription") },
    ];

    // The type may be a word or a number.
    private static string ReadType(JsonBody body) => body.NonEmptyText("upgradeType") switch
    {
        "2" => WithTransfer,
        null or "0" or "1" => Only,
        _ => body.Word("upgradeType", Types)!,
    };

    private static Answer List(Call call)
    {
        var subscription = call.Subscription;
        return Answer.Ok(Json.Collection(Targets(subscription).Select(target => new JObject
        {
            ["targetOffer"] = OfferOperations.Resource(call, target, call.Customer.Country),
            ["upgradeType"] = UpgradeWithLicenseTransfer,
            ["isEligible"] = subscription.IsLive,
            ["quantity"] = subscription.Quantity,
            ["upgradeErrors"] = Errors(subscription),
            ["attributes"] = Json.Attributes("Upgrade"),
        })));
    }

    private static Answer Upgrade(Call call)
    {
        var source = call.Subscription;
        var targetId = call.Body.Object("targetOffer")?.Text("id") ?? throw Refusals.InvalidProperty("targetOffer", "it is missing.");
        var target = Targets(source).FirstOrDefault(offer => AnyCase.AreEqual(offer.Id, targetId)) ?? throw Refusals.InvalidOffer(targetId);
        var errors = Errors(source);
        var transfers = ReadType(call.Body) == WithTransfer;
        if (transfers)
        {
            call.RequireDirectory();
        }

        var result = new JObject { ["sourceSubscriptionId"] = source.Id };
        if (errors.Count == 0)
        {
            result["targetSubscriptionId"] = Upgrade(call, source, target, transfers).Id;
        }

        result["upgradeType"] = transfers ? UpgradeWithLicenseTransfer : UpgradeOnly;
        result["upgradeErrors"] = errors;
        result["licenseErrors"] = new JArray();
        result["attributes"] = Json.Attributes("UpgradeResult");
        return Answer.Ok(result);
    }

    private static Subscription Upgrade(Call call, Subscription source, Offer offer, bool transfers)
    {
        var order = Purchases.Open(call.Context, Commerce.Legacy, source.BillingCycle);
        var target = Purchases.Add(
            call.Context, order, PurchaseLine.Of(offer, source.Quantity, source.BillingCycle, source.FriendlyName, PartnerIds.Of(source)));
        foreach (var user in transfers ? call.Account.Users.Where(user => user.Holds(source.Sku.Id)) : [])
        {
            call.Account.SetLicenses(
                user, user.Licenses.Select(license => license.Sku == source.Sku ? License.Direct(target.Sku, []) : license));
        }

        source.SetStatus(SubscriptionStatus.Suspended, call.Now);
        source.IncrementVersion();
        return target;
    }

    private static IEnumerable<Offer> Targets(Subscription subscription) =>
        OfferCatalog.Instance.Find(subscription.OfferId)?.UpgradeTargets.Select(OfferCatalog.Instance.Get) ?? [];

    private static JArray Errors(Subscription source) => source.IsLive
        ? []
        : new JArray(new JObject
        {
            ["code"] = NotActive,
            ["description"] = "The subscription cannot be upgraded because it is not active.",
            ["additionalDetails"] = SubscriptionResource.Status(source.Status),
            ["attributes"] = Json.Attributes("UpgradeError"),
        });
}
