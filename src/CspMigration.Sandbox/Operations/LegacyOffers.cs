using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalogue;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>Whether a customer can buy an offer, and why not.</summary>
internal static class LegacyOffers
{
    public static Offer Find(Call call, LegacyOrderLine line)
    {
        if (line.OfferId.Contains(':'))
        {
            throw Refuse.NotAnOffer(line.OfferId);
        }

        var offer = OfferCatalogue.Instance.Find(line.OfferId) ?? throw Refuse.InvalidOffer(line.OfferId);
        CheckCountry(call.Customer, offer);
        if (!call.World.Market.IsSold(offer))
        {
            throw Refuse.NoLongerSold(offer);
        }

        if (line.Quantity < offer.MinimumQuantity || line.Quantity > offer.MaximumQuantity)
        {
            throw Refuse.LineQuantity(line.Number, offer.MinimumQuantity, offer.MaximumQuantity);
        }

        if (line.PartnerId != null)
        {
            PartnerIds.Check(line.PartnerId);
        }

        return offer;
    }

    public static void CheckLimits(Call call, IEnumerable<Offer> offers)
    {
        foreach (var group in offers.GroupBy(offer => offer))
        {
            if (!call.World.Market.IsWithinLimit(group.Key, call.Account, group.Count()))
            {
                throw Refuse.OfferLimit(group.Key, call.World.Market.Limit(group.Key).Limit);
            }
        }
    }

    private static void CheckCountry(Customer customer, Offer offer)
    {
        if (customer.Country != Market.PartnerCountry)
        {
            throw Refuse.CountryNotOnboarded(customer.Country);
        }

        if (!offer.IsSoldIn(customer.Country))
        {
            throw Refuse.NotInCountry(offer, customer.Country);
        }
    }
}
