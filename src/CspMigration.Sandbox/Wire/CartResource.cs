using System.Linq;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>A cart as the service writes it.</summary>
internal static class CartResource
{
    public static JObject Of(Customer customer, Cart cart)
    {
        var resource = Head(customer, cart);
        if (cart.IsAttested is { } isAttested)
        {
            resource["partnerOnRecordAttestationAccepted"] = isAttested;
        }

        return resource;
    }

    private static JObject Head(Customer customer, Cart cart) => new()
    {
        ["id"] = cart.Id,
        ["creationTimestamp"] = Json.Moment(cart.CreatedOn),
        ["lastModifiedTimestamp"] = Json.Moment(cart.ModifiedOn),
        ["expirationTimestamp"] = Json.Moment(cart.ExpiresOn),
        ["lastModifiedUser"] = "sandbox",
        ["status"] = cart.IsSubmitted ? "Ordered" : "Active",
        ["lineItems"] = new JArray(cart.Lines.Select(Line)),
        ["links"] = Json.SelfLink($"/customers/{customer.Id}/carts/{cart.Id}"),
        ["attributes"] = Json.Attributes("Cart"),
    };

    public static JObject CheckoutResult(JArray orders, JArray errors)
    {
        var result = new JObject { ["orders"] = orders };
        if (errors.Count > 0)
        {
            result["orderErrors"] = errors;
        }

        result["attributes"] = Json.Attributes("CartCheckoutResult");
        return result;
    }

    public static JObject OrderError(string group, (int Code, string Description) error) =>
        new() { ["orderGroupId"] = group, ["code"] = error.Code, ["description"] = error.Description };

    private static JObject Line(CartLine line)
    {
        var resource = new JObject { ["id"] = line.Id, ["catalogItemId"] = line.CatalogItemId };
        resource.SetIfAny("friendlyName", line.FriendlyName);
        resource["quantity"] = line.Quantity;
        resource["currencyCode"] = "USD";
        resource["billingCycle"] = line.BillingCycle;
        resource.SetIfAny("termDuration", line.Term);
        resource.SetIfAny("promotionId", line.PromotionId);
        if (line.TermEnd is { } end)
        {
            resource["customTermEndDate"] = Json.Moment(end);
        }

        if (line.Partners.IsAny)
        {
            resource["participants"] = Participants(line.Partners);
        }

        resource["provisioningContext"] = line.ParentId == null ? [] : new JObject { ["parentSubscriptionId"] = line.ParentId };
        resource["orderGroup"] = line.OrderGroup;
        if (line.AddOns.Count > 0)
        {
            resource["addonItems"] = new JArray(line.AddOns.Select(Line));
        }

        if (line.Error is { } error)
        {
            resource["error"] = new JObject { ["errorCode"] = error.Code, ["errorDescription"] = error.Description };
        }
        else if (!line.IsLegacy)
        {
            resource["pricing"] = PriceResource.Of(line.Price, line.Promotion, line.Quantity);
        }

        return resource;
    }

    private static JArray Participants(PartnersOfRecord partners)
    {
        var participants = new[] { (Key: Words.Reseller, Id: partners.Main), (Key: Words.ConsumptionReseller, Id: partners.Consumption) }
            .Where(participant => participant.Id != null)
            .Concat(partners.Additional.Select(id => (Key: Words.AdditionalReseller, Id: (string?)id)));
        return new JArray(participants.Select(participant => new JObject { ["key"] = participant.Key, ["value"] = participant.Id }));
    }
}
