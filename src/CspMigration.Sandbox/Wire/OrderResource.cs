using System;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>An order as the service writes it.</summary>
internal static class OrderResource
{
    public static string Path(Customer customer, Order order) => $"/customers/{customer.Id}/orders/{order.Id}";

    /// <param name="customer">The order's customer.</param>
    /// <param name="order">The order.</param>
    /// <param name="now">The current time; lines fulfilled by then show their subscriptions.</param>
    /// <param name="withPrices">Whether each line has its price, and the order its total.</param>
    public static JObject Of(Customer customer, Order order, DateTimeOffset now, bool withPrices = false)
    {
        var self = Path(customer, order);
        var resource = new JObject
        {
            ["id"] = order.Id,
            ["alternateId"] = order.Id,
            ["referenceCustomerId"] = customer.Id,
            ["billingCycle"] = order.BillingCycle,
            ["currencyCode"] = "USD",
            ["currencySymbol"] = "$",
            ["lineItems"] = new JArray(order.Lines.OrderBy(line => line.Number).Select(line => Line(customer, line, now))),
            ["creationDate"] = Json.Moment(order.CreatedOn),
            ["status"] = order.Lines.All(line => line.IsFulfilled(now)) ? "completed" : "pending",
            ["transactionType"] = "UserPurchase",
            ["links"] = new JObject
            {
                ["self"] = Json.Link(self),
                ["provisioningStatus"] = Json.Link(self + "/provisioningstatus"),
                ["patchOperation"] = Json.Link(self, "PATCH"),
            },
            ["attributes"] = Json.Attributes("Order", order.Commerce == Commerce.Legacy ? Json.Etag(order.Id, order.Version) : null),
        };
        if (withPrices)
        {
            AddPrices(resource, order);
        }

        return resource;
    }

    public static JObject ProvisioningStatus(Order order, DateTimeOffset now) =>
        Json.Collection(order.Lines.Select(line => Provisioning(line, line.IsFulfilled(now) ? "fulfilled" : "prefulfillmentPending")));

    private static void AddPrices(JObject resource, Order order)
    {
        foreach (var line in (JArray)resource["lineItems"]!)
        {
            var ordered = order.Lines.Single(candidate => candidate.Number == (int)line["lineItemNumber"]!);
            var price = PriceList.Of(ordered.OfferId, order.BillingCycle);
            line["pricing"] = PriceResource.Of(price, ProductCatalog.Instance.FindPromotion(ordered.PromotionId), ordered.Quantity);
        }

        resource["totalPrice"] = resource["lineItems"]!.Sum(line => (decimal)line["pricing"]!["extendedPrice"]!);
    }

    private static JObject Provisioning(OrderLine line, string status) => new()
    {
        ["orderLineItemId"] = line.Number,
        ["lineItemNumber"] = line.Number,
        ["status"] = status,
        ["quantityProvisioningInformation"] = new JArray(new JObject { ["quantity"] = line.Quantity, ["status"] = status }),
    };

    private static JObject Line(Customer customer, OrderLine line, DateTimeOffset now)
    {
        var isNew = line.Subscription.Commerce == Commerce.New;
        var links = isNew ? SubscriptionResource.ProductLinks(line.OfferId, customer.Country) : [];
        var resource = new JObject { ["lineItemNumber"] = line.Number, ["offerId"] = line.OfferId };
        if (line.IsFulfilled(now))
        {
            resource["subscriptionId"] = line.Subscription.Id;
            links["subscription"] = Json.Link(SubscriptionResource.Path(customer, line.Subscription));
        }

        resource.SetIfAny("parentSubscriptionId", line.Subscription.ParentId);
        if (isNew)
        {
            resource["termDuration"] = line.Subscription.Term;
        }

        resource["transactionType"] = "New";
        resource["friendlyName"] = line.FriendlyName;
        resource["quantity"] = line.Quantity;
        if (line.TermEnd is { } end)
        {
            resource["customTermEndDate"] = Json.Moment(end);
        }

        resource.SetIfAny("promotionId", line.PromotionId);
        resource.SetIfAny("partnerIdOnRecord", line.Partners.Main);
        if (line.Partners.Additional.Count > 0)
        {
            resource["additionalPartnerIdsOnRecord"] = new JArray(line.Partners.Additional);
        }

        resource["links"] = links;
        return resource;
    }
}
