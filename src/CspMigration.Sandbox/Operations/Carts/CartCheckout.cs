using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Carts;

/// <summary>
/// The checkout of a cart: each group of lines becomes an order, or an error if a line can no longer be purchased. The cart
/// cannot be used again once an order was placed.
/// </summary>
internal static class CartCheckout
{
    public static Answer Post(Call call, Cart cart)
    {
        var purchases = CartPurchase.Check(call, cart.Lines);
        Purchases.CheckCustomer(call.Context);
        var orders = new JArray();
        var errors = new JArray();
        foreach (var group in purchases.GroupBy(purchase => purchase.Line.OrderGroup))
        {
            if (group.FirstOrDefault(purchase => purchase.Purchase == null) is { } refused)
            {
                errors.Add(CartResource.OrderError(group.Key, refused.Line.Error!.Value));
            }
            else
            {
                orders.Add(OrderResource.Of(call.Customer, Place(call, [.. group]), call.Now));
            }
        }

        cart.IsSubmitted = orders.Count > 0;
        return Answer.Created(CartResource.CheckoutResult(orders, errors));
    }

    private static Order Place(Call call, IReadOnlyList<CartPurchase> group)
    {
        var first = group[0].Line;
        var order = Purchases.Open(call.Context, first.IsLegacy ? Commerce.Legacy : Commerce.New, first.BillingCycle);
        var purchased = new Dictionary<CartLine, Subscription>();
        foreach (var purchase in group)
        {
            var parent = group.FirstOrDefault(other => other.Line.AddOns.Contains(purchase.Line))?.Line;
            purchased.Add(purchase.Line, Purchases.Add(call.Context, order, purchase.Purchase!, parent == null ? null : purchased[parent]));
        }

        return order;
    }
}
