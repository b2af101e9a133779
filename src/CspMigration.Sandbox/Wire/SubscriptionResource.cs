using System;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>A subscription as the service writes it.</summary>
internal static class SubscriptionResource
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

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

    public static JObject Of(Customer customer, Subscription subscription, DateTimeOffset now)
    {
        var isLegacy = subscription.Commerce == Commerce.Legacy;
        var resource = new JObject
        {
            ["id"] = subscription.Id,
            ["offerId"] = subscription.OfferId,
            ["offerName"] = subscription.OfferName,
            ["friendlyName"] = subscription.FriendlyName,
        };
        if (!isLegacy)
        {
            resource["productType"] = ProductResource.ProductType();
        }

        resource["quantity"] = subscription.Quantity;
        resource["unitType"] = "Licenses";
        resource.SetIfAny("parentSubscriptionId", subscription.ParentId);
        resource["hasPurchasableAddons"] = isLegacy && OfferCatalog.Instance.OnSale.Any(offer => offer.AcceptsParent(subscription.OfferId));
        resource["creationDate"] = Json.Moment(subscription.CreatedOn);
        resource["effectiveStartDate"] = Json.Moment(isLegacy ? TermCalendar.Day(subscription.TermStartedOn) : subscription.TermStartedOn);
        resource["commitmentEndDate"] = Json.Moment(subscription.CommitmentEndDate);
        resource["commitmentEndDateTime"] = Json.Moment(subscription.EndOfTerm - OneSecond);
        resource["status"] = Status(subscription.Status);
        resource["autoRenewEnabled"] = subscription.AutoRenew;
        resource["isTrial"] = subscription.IsTrial;
        resource["billingType"] = "license";
        resource["billingCycle"] = subscription.BillingCycle;
        resource["termDuration"] = isLegacy ? "" : subscription.Term;
        if (!isLegacy)
        {
            AddNewCommerce(resource, subscription, now);
        }

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
        resource.SetIfAny("promotionId", subscription.PromotionId);
        resource.SetIfAny("migratedFromSubscriptionId", subscription.MigratedFromId);
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

    private static void AddNewCommerce(JObject resource, Subscription subscription, DateTimeOffset now)
    {
        resource["renewalTermDuration"] = "";
        resource["cancellationAllowedUntilDate"] = Json.Moment(subscription.CancelableUntil);
        resource["refundOptions"] = new JArray(new JObject { ["type"] = "Full", ["expiresAt"] = Json.Moment(subscription.CancelableUntil) });
        var batches = subscription.Refundable.At(now);
        resource["refundableQuantity"] = new JObject
        {
            ["totalQuantity"] = batches.Sum(batch => batch.Quantity),
            ["details"] = new JArray(batches.Select(batch => new JObject
            {
                ["quantity"] = batch.Quantity,
                ["allowedUntilDateTime"] = Json.Moment(batch.Until),
            })),
        };
        if (subscription.Scheduled is { } scheduled)
        {
            resource["scheduledActions"] = new JArray(Action(scheduled));
        }

        // The older form of a renewal into a new term.
        if (subscription.NextTerm is { } next)
        {
            resource["scheduledNextTermInstructions"] = Instructions(next);
        }
    }

    private static JObject Action(ScheduledAction scheduled)
    {
        var action = new JObject { ["scheduleType"] = Words.TermEnd, ["actionType"] = scheduled.Type.ToString() };
        if (scheduled.NextTerm is { } next)
        {
            action["instructions"] = Instructions(next);
        }

        return action;
    }

    private static JObject Instructions(NextTerm next)
    {
        var product = new JObject
        {
            ["productId"] = next.Product.Product.Id,
            ["skuId"] = next.Product.Id,
            ["availabilityId"] = next.AvailabilityId,
            ["billingCycle"] = next.Term.BillingCycle,
            ["termDuration"] = next.Term.Duration,
        };
        product.SetIfAny("promotionId", next.PromotionId);
        var instructions = new JObject { ["product"] = product, ["quantity"] = next.Quantity };
        if (next.TermEnd is { } end)
        {
            instructions["customTermEndDate"] = Json.Moment(end);
        }

        return instructions;
    }

    private static JObject Links(Customer customer, Subscription subscription)
    {
        var links = subscription.Commerce == Commerce.Legacy
            ? new JObject { ["offer"] = Json.Link($"/offers/{subscription.OfferId}?country={customer.Country}") }
            : ProductLinks(subscription.OfferId, customer.Country);
        if (subscription.ParentId != null)
        {
            links["parentSubscription"] = Json.Link($"/customers/{customer.Id}/subscriptions/{subscription.ParentId}");
        }

        links["self"] = Json.Link(Path(customer, subscription));
        return links;
    }

    public static JObject ProductLinks(string catalogItemId, string country)
    {
        var parts = catalogItemId.Split(':');
        var product = "/products/" + parts[0];
        var sku = product + "/skus/" + parts[1];
        return new JObject
        {
            ["product"] = Json.Link($"{product}?country={country}"),
            ["sku"] = Json.Link($"{sku}?country={country}"),
            ["availability"] = Json.Link($"{sku}/availabilities/{parts[2]}?country={country}"),
        };
    }
}
