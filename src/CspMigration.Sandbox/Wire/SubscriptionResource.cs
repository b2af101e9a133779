using System;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>A subscription as the service prints it.</summary>
internal static class SubscriptionResource
{
    public static string Path(Customer customer, Subscription subscription) =>
        $"/customers/{customer.Id}/subscriptions/{subscription.Id}";

    public static string Status(SubscriptionStatus status) => status switch
    {
        SubscriptionStatus.Active => "active",
        SubscriptionStatus.Suspended => "suspended",
        SubscriptionStatus.Expired => "expired",
        SubscriptionStatus.Disabled => "disabled",
        _ => "deleted",
    };

    public static string Etag(Subscription subscription) => Json.Etag(subscription.Id, subscription.Version);

    public static JObject Of(Customer customer, Subscription subscription)
    {
        var isLegacy = subscription.Commerce == Commerce.Legacy;
        var resource = new JObject
        {
            ["id"] = subscription.Id,
            ["offerId"] = subscription.OfferId,
            ["offerName"] = subscription.OfferName,
            ["friendlyName"] = subscription.FriendlyName,
            ["quantity"] = subscription.Quantity,
            ["unitType"] = "Licenses",
        };
        resource.SetIfAny("parentSubscriptionId", subscription.ParentId);
        resource["hasPurchasableAddons"] = HasAddOns(subscription.OfferId);
        resource["creationDate"] = Json.Moment(subscription.CreatedOn);
        resource["effectiveStartDate"] = Json.Moment(isLegacy ? Calendar.Day(subscription.CreatedOn) : subscription.CreatedOn);
        resource["commitmentEndDate"] = Json.Moment(subscription.CommitmentEndDate);
        resource["commitmentEndDateTime"] = Json.Moment(subscription.EndOfTerm - TimeSpan.FromSeconds(1));
        resource["status"] = Status(subscription.Status);
        resource["autoRenewEnabled"] = subscription.AutoRenew;
        resource["isTrial"] = subscription.IsTrial;
        resource["billingType"] = "license";
        resource["billingCycle"] = subscription.BillingCycle;
        resource["termDuration"] = isLegacy ? "" : subscription.Term;
        resource["isMicrosoftProduct"] = true;
        resource["partnerId"] = subscription.PartnerId;
        resource["attentionNeeded"] = false;
        resource["actionTaken"] = false;
        if (subscription.Status == SubscriptionStatus.Suspended)
        {
            resource["suspensionReasons"] = new JArray("PartnerRequested");
        }

        resource["contractType"] = "subscription";
        resource["links"] = Links(customer, subscription);
        resource["publisherName"] = "Microsoft Corporation";
        resource["orderId"] = isLegacy ? subscription.OrderId.ToUpperInvariant() : subscription.OrderId;
        resource["attributes"] = Json.Attributes("Subscription", isLegacy ? Etag(subscription) : null);
        return resource;
    }

    public static JObject ProvisioningStatus(Subscription subscription, DateTimeOffset now) => new()
    {
        ["skuId"] = subscription.Sku.Id.ToUpperInvariant(),
        ["status"] = !subscription.IsProvisioned(now) ? "pending" : subscription.IsProvisionable ? "success" : "failed",
        ["quantity"] = subscription.Seats(now),
        ["endDate"] = Json.Moment(subscription.CommitmentEndDate),
        ["attributes"] = Json.Attributes("SubscriptionProvisioningStatus"),
    };

    private static bool HasAddOns(string offerId)
    {
        foreach (var offer in OfferCatalogue.Instance.OnSale)
        {
            if (offer.AcceptsParent(offerId))
            {
                return true;
            }
        }

        return false;
    }

    private static JObject Links(Customer customer, Subscription subscription)
    {
        var links = new JObject { ["offer"] = Json.Link($"/offers/{subscription.OfferId}?country={customer.Country}") };
        if (subscription.ParentId != null)
        {
            links["parentSubscription"] = Json.Link($"/customers/{customer.Id}/subscriptions/{subscription.ParentId}");
        }

        links["self"] = Json.Link(Path(customer, subscription));
        return links;
    }
}
