using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>A line of a cart and what it would buy; what is wrong with it is noted on the line.</summary>
internal sealed class CartPurchase
{
    private const string LegacyGroup = "OMS-0";

    private CartPurchase(CartLine line, PurchaseLine? purchase)
    {
        Line = line;
        Purchase = purchase;
    }

    public CartLine Line { get; }

    /// <summary>Null where the line cannot be bought.</summary>
    public PurchaseLine? Purchase { get; }

    /// <summary>Checks all lines as of now, and puts those that are billed alike into one group.</summary>
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
        var offer = LegacyOffers.Find(call, line.CatalogueItemId, line.Id, line.Quantity, line.PartnerId);
        LegacyOffers.CheckLimits(call, cart.Where(other => Same.Text(other.CatalogueItemId, offer.Id)).Select(_ => offer));
        if (!offer.AcceptsCycle(line.BillingCycle))
        {
            throw Refuse.UnsupportedCycle(offer, line.BillingCycle);
        }

        var parent = call.Account.FindSubscription(line.ParentId);
        var isWithBase = cart.Any(other => other.AddOns.Contains(line) && offer.AcceptsParent(other.CatalogueItemId));
        if (offer.IsAddOn && !isWithBase && (parent is not { IsLive: true } || !offer.AcceptsParent(parent.OfferId)))
        {
            throw Refuse.UnrelatedAddOn(offer);
        }

        return PurchaseLine.Of(offer, line.Quantity, line.BillingCycle, line.FriendlyName, line.PartnerId, parentId: parent?.Id);
    }

    private static PurchaseLine NewPurchase(Call call, CartLine line, IReadOnlyList<CartLine> cart)
    {
        var availability = call.World.Products.Find(line.CatalogueItemId, call.Now) ?? throw Refuse.CartItem(line.CatalogueItemId);
        var sku = availability.Sku;
        CheckCustomer(call, line, availability);
        var term = sku.Term(line.Term, line.BillingCycle) ?? throw Refuse.CartInput(
            $"{sku.Title} is not sold for {line.Term ?? "no term"} billed {line.BillingCycle}: "
            + $"{string.Join(", ", sku.Terms.Select(known => known.Duration + " " + known.BillingCycle))}.");
        line.Price = ProductPrice.Of(sku, term);
        if (line.Quantity < sku.MinimumQuantity || line.Quantity > sku.MaximumQuantity)
        {
            throw Refuse.CartInput($"The quantity must be between {sku.MinimumQuantity} and {sku.MaximumQuantity}.");
        }

        CheckPrerequisites(call, sku, cart);
        CheckTermEnd(call, line, term);
        return new PurchaseLine
        {
            OfferId = availability.CatalogueItemId,
            OfferName = sku.Title,
            Sku = sku.Sku,
            Quantity = line.Quantity,
            FriendlyName = line.FriendlyName ?? sku.Title,
            BillingCycle = term.BillingCycle,
            Term = term.Duration,
            TermEnd = line.TermEnd,
            PartnerId = line.PartnerId ?? "",
            IsTrial = sku.IsTrial,
            IsAddOn = sku.IsAddOn,
        };
    }

    private static void CheckCustomer(Call call, CartLine line, Availability availability)
    {
        if (call.Customer.Terms.CartLinesAreRefused
            || !call.Account.SegmentsAt(call.Now).Contains(availability.Segment, Same.Comparer))
        {
            throw Refuse.CartInventory(availability.Sku);
        }

        if (line.PartnerId is { } partnerId && !PartnerIds.IsValid(partnerId))
        {
            throw Refuse.CartParticipant(partnerId);
        }
    }

    private static void CheckPrerequisites(Call call, ProductSku sku, IReadOnlyList<CartLine> cart)
    {
        var owned = call.Account.Subscriptions.Where(subscription => subscription.IsLive).Select(subscription => subscription.OfferId);
        var present = owned.Concat(cart.Select(line => line.CatalogueItemId)).Select(ProductCatalogue.Instance.FindSku);
        if (sku.IsAddOn && !present.Any(other => other != null && sku.Prerequisites.Contains(other.Name, Same.Comparer)))
        {
            throw Refuse.PrerequisiteMissing(sku);
        }
    }

    private static void CheckTermEnd(Call call, CartLine line, ProductTerm term)
    {
        if (line.TermEnd is { } end && (end <= call.Now || end > TermCalendar.LastDay(call.Now, term.Duration)))
        {
            throw Refuse.CartInput("The custom term end date must be in the future and within the term.");
        }
    }
}
