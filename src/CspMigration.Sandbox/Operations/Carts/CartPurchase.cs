using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Carts;

/// <summary>A line of a cart and its purchase; an error is recorded in the line.</summary>
internal sealed class CartPurchase
{
    private const string LegacyGroup = "OMS-0";

    private CartPurchase(CartLine line, PurchaseLine? purchase)
    {
        Line = line;
        Purchase = purchase;
    }

    public CartLine Line { get; }

    /// <summary>Null if the line cannot be purchased.</summary>
    public PurchaseLine? Purchase { get; }

    /// <summary>Checks all lines as of now, and groups them by billing cycle and term.</summary>
    public static IReadOnlyList<CartPurchase> Check(Call call, IReadOnlyList<CartLine> lines)
    {
        var groups = new List<string>();
        var purchases = new List<CartPurchase>();
        foreach (var line in lines)
        {
            line.OrderGroup = Group(line, groups);
            purchases.Add(Check(call, line, lines));
            foreach (var addOn in line.AddOns)
            {
                addOn.OrderGroup = line.OrderGroup;
                purchases.Add(Check(call, addOn, lines));
            }
        }

        return purchases;
    }

    private static string Group(CartLine line, List<string> groups)
    {
        if (line.IsLegacy)
        {
            return LegacyGroup;
        }

        var billing = $"{line.Term}/{line.BillingCycle}".ToUpperInvariant();
        if (!groups.Contains(billing))
        {
            groups.Add(billing);
        }

        return groups.IndexOf(billing).ToString(CultureInfo.InvariantCulture);
    }

    private static CartPurchase Check(Call call, CartLine line, IReadOnlyList<CartLine> cart)
    {
        line.Error = null;
        try
        {
            return new CartPurchase(line, line.IsLegacy ? LegacyPurchase(call, line, cart) : NewPurchase(call, line, cart));
        }
        catch (ServiceException refusal)
        {
            line.Error = (refusal.Code, refusal.Message);
            return new CartPurchase(line, null);
        }
    }

    private static PurchaseLine LegacyPurchase(Call call, CartLine line, IReadOnlyList<CartLine> cart)
    {
        var offer = LegacyOfferChecks.Find(call, line.CatalogItemId, line.Id, line.Quantity, line.Partners);
        LegacyOfferChecks.CheckLimits(call, cart.Where(other => AnyCase.AreEqual(other.CatalogItemId, offer.Id)).Select(_ => offer));
        if (!offer.AcceptsCycle(line.BillingCycle))
        {
            throw Refusals.UnsupportedCycle(offer, line.BillingCycle);
        }

        var parent = call.Account.FindSubscription(line.ParentId);
        var isWithBase = cart.Any(other => other.AddOns.Contains(line) && offer.AcceptsParent(other.CatalogItemId));
        if (offer.IsAddOn && !isWithBase && (parent is not { IsLive: true } || !offer.AcceptsParent(parent.OfferId)))
        {
            throw Refusals.UnrelatedAddOn(offer);
        }

        return PurchaseLine.Of(offer, line.Quantity, line.BillingCycle, line.FriendlyName, line.Partners, parentId: parent?.Id);
    }

    private static PurchaseLine NewPurchase(Call call, CartLine line, IReadOnlyList<CartLine> cart)
    {
        try
        {
            var purchase = new ProductPurchase
            {
                CatalogItemId = line.CatalogItemId,
                LineNumber = line.Id,
                Quantity = line.Quantity,
                FriendlyName = line.FriendlyName,
                Term = line.Term ?? "",
                BillingCycle = line.BillingCycle,
                TermEnd = line.TermEnd,
                PromotionId = line.PromotionId,
                Partners = line.Partners,
                Together = cart.Select(other => other.CatalogItemId),
            }.Check(call);
            line.Price = purchase.Price;
            line.Promotion = purchase.Promotion;
            return purchase;
        }
        catch (ServiceException refusal) when (CartErrors.CodeOf(refusal) is { } code)
        {
            throw Refusals.CartLine(code, refusal.Message);
        }
    }
}
