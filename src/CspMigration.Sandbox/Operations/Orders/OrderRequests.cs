using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Orders;

/// <summary>The checks that every order passes first, whatever its items are.</summary>
internal static class OrderRequests
{
    // The service rejects its own read-only properties, even when they are empty.
    private static readonly string[] SetByService = ["status", "id", "creationDate", "totalPrice"];

    public static Answer Create(Call call)
    {
        CheckCustomerId(call);
        foreach (var name in SetByService.Where(call.Body.Has))
        {
            throw Refusals.InvalidProperty(name, "it is set by the service.");
        }

        var lines = OrderLineRequest.Read(call.Body);
        CheckLines(lines);
        PartnerIds.CheckAttestation(call.Body, lines.Select(line => line.Partners));
        return lines[0].IsOfProduct ? NewCommerceOrders.Create(call, lines) : LegacyOrders.Create(call, lines);
    }

    public static Answer Patch(Call call)
    {
        var order = call.Order;
        CheckCustomerId(call);
        if (call.Body.Word("status", Words.OrderStatuses) is "cancelled" or "canceled")
        {
            throw Refusals.OrderNotCancelable(order, call.Customer);
        }

        var additions = OrderLineRequest.Read(call.Body).Where(line => line.IsAdditionTo(order)).ToList();
        PartnerIds.CheckAttestation(call.Body, additions.Select(line => line.Partners));
        return order.Commerce == Commerce.New ? PatchNewCommerce(call, order, additions) : LegacyOrders.Patch(call, order, additions);
    }

    private static void CheckCustomerId(Call call)
    {
        if (call.Body.NonEmptyText("referenceCustomerId") is { } id && !AnyCase.AreEqual(id, call.Customer.Id))
        {
            throw Refusals.InvalidProperty("ReferenceCustomerId", $"{id} is not the customer in the path.");
        }
    }

    private static void CheckLines(IReadOnlyList<OrderLineRequest> lines)
    {
        if (lines.Count == 0)
        {
            throw Refusals.BadInput("The order has no line items.");
        }

        if (lines.Any(line => line.Number < 0 || line.Number >= lines.Count))
        {
            throw Refusals.LineNumber(lines.Count);
        }

        if (lines.Any(line => line.ParentId != null))
        {
            throw Refusals.PropertyNotAllowed("ParentSubscriptionId");
        }

        if (lines.Any(line => line.IsOfProduct != lines[0].IsOfProduct))
        {
            throw Refusals.BadInput("An order is either for license-based offers or for products.");
        }
    }

    // An order for products can only be sent back unchanged.
    private static Answer PatchNewCommerce(Call call, Order order, List<OrderLineRequest> additions)
    {
        if (additions.Count > 0)
        {
            throw Refusals.NoUpdate(additions[0].OfferId);
        }

        return BillingCycles.Changed(call.Body, order.BillingCycle) == null
            ? Answer.Ok(OrderResource.Of(call.Customer, order, call.Now))
            : throw Refusals.BillingCycleFixed();
    }
}
