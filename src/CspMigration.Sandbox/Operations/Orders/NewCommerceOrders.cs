using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Orders;

/// <summary>Creates orders for products without a cart: all lines or none. The rules are those of a cart.</summary>
internal static class NewCommerceOrders
{
    public static Answer Create(Call call, IReadOnlyList<OrderLineRequest> lines)
    {
        Purchases.CheckCustomer(call.Context);
        var cycle = BillingCycles.Read(call.Body);
        var items = lines.Select(line => line.OfferId).ToList();
        var purchases = lines.Select(line => Check(call, line, cycle, items)).ToList();
        var order = Purchases.Open(call.Context, Commerce.New, purchases[0].BillingCycle);
        foreach (var purchase in purchases)
        {
            _ = Purchases.Add(call.Context, order, purchase);
        }

        return Answer.Created(OrderResource.Of(call.Customer, order, call.Now));
    }

    private static PurchaseLine Check(Call call, OrderLineRequest line, string? cycle, IReadOnlyList<string> items) => new ProductPurchase
    {
        CatalogItemId = line.OfferId,
        LineNumber = line.Number,
        Quantity = line.Quantity,
        FriendlyName = line.FriendlyName,
        Term = line.Term,
        BillingCycle = cycle,
        TermEnd = line.TermEnd,
        PromotionId = line.PromotionId,
        Partners = line.Partners,
        Together = items,
    }.Check(call).WithNumber(line.Number);
}
