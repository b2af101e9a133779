using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Orders;

/// <summary>A customer's orders.</summary>
internal static class OrderOperations
{
    private const string Orders = "/v1/customers/{customerId}/orders";
    private const string Order = Orders + "/{orderId}";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Orders, Needs.Relationship, List),
        new("POST", Orders, Needs.Relationship, OrderRequests.Create) { Audited = new("create_order", "order") },
        new("GET", Order, Needs.Relationship, call => Answer.Ok(OrderResource.Of(call.Customer, call.Order, call.Now, WantsPrices(call)))),
        new("PATCH", Order, Needs.Relationship, OrderRequests.Patch) { Audited = new("update_order", "order") },
        new("GET", Order + "/provisioningstatus", Needs.Relationship | Needs.User, call => Answer.Ok(OrderResource.ProvisioningStatus(call.Order, call.Now))),
    ];

    // The list lags: an order that is missing from it may exist.
    private static Answer List(Call call)
    {
        var cycle = call.Query.Word("billingType", Words.BillingCycles);
        var listed = call.Account.Orders.Where(order => call.Now >= order.ListedFrom && (cycle == null || cycle == order.BillingCycle));
        return Answer.Ok(Json.Collection(
            listed.Select(order => OrderResource.Of(call.Customer, order, call.Now, WantsPrices(call))), $"/customers/{call.Customer.Id}/orders"));
    }

    private static bool WantsPrices(Call call) => call.Query.Flag("include_price");
}
