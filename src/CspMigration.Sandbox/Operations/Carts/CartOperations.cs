using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Carts;

/// <summary>The routes of carts. A cart may have lines that cannot be purchased; each of them has its error.</summary>
internal static class CartOperations
{
    private const string Carts = "/v1/customers/{customerId}/carts";
    private const string CartRoute = Carts + "/{cartId}";

    public static IEnumerable<Route> Routes =>
    [
        new("POST", Carts, Needs.Relationship, Create),
        new("GET", CartRoute, Needs.Relationship, call => Answer.Ok(CartResource.Of(call.Customer, Find(call)))),
        new("PUT", CartRoute, Needs.Relationship, Replace),
        new("POST", CartRoute + "/checkout", Needs.Relationship, call => CartCheckout.Post(call, FindOpen(call))) { Audited = new("create_order", "order") },
    ];

    private static Answer Create(Call call)
    {
        Purchases.CheckCountry(call.Context);
        var lines = Read(call);
        var cart = new Cart(call.NextId("cart"), call.Now);
        call.Account.Add(cart);
        Fill(call, cart, lines);
        return Answer.Created(CartResource.Of(call.Customer, cart));
    }

    private static Answer Replace(Call call)
    {
        var cart = FindOpen(call);
        Fill(call, cart, Read(call));
        return Answer.Ok(CartResource.Of(call.Customer, cart));
    }

    private static void Fill(Call call, Cart cart, IReadOnlyList<CartLine> lines)
    {
        _ = CartPurchase.Check(call, lines);
        cart.Replace(lines, call.Body.Flag("partnerOnRecordAttestationAccepted"), call.Now);
    }

    private static IReadOnlyList<CartLine> Read(Call call)
    {
        var lines = CartLines.Read(call.Body);
        PartnerIds.CheckAttestation(call.Body, lines.SelectMany(line => line.AddOns.Prepend(line)).Select(line => line.Partners));
        return lines;
    }

    private static Cart Find(Call call)
    {
        var id = call["cartId"];
        return call.Account.FindCart(id) is { } cart && (cart.IsSubmitted || call.Now < cart.ExpiresOn) ? cart : throw Refusals.NoSuchCart(id);
    }

    private static Cart FindOpen(Call call) => Find(call) is { IsSubmitted: false } cart ? cart : throw Refusals.CartSubmitted(call["cartId"]);
}
