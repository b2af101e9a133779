using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Purchasing;

/// <summary>Checks whether a customer can purchase a license-based offer.</summary>
internal static class LegacyOfferChecks
{
    public static Offer Find(Call call, string offerId, int lineNumber, int quantity, PartnersOfRecord partners)
    {
        if (call.Customer.Terms.LegacyOrders == LegacyRefusal.UnknownItem)
        {
            throw Refusals.NotAnOffer(offerId);
        }

        var offer = OfferCatalog.Instance.Find(offerId) ?? throw Unknown(offerId);
        if (!offer.IsSoldIn(call.Customer.Country))
        {
            throw Refusals.NotInCountry(offer, call.Customer.Country);
        }

        if (!call.Account.SegmentsAt(call.Now).Contains(offer.Segment, AnyCase.Comparer))
        {
            throw Refusals.NotQualified(offer);
        }

        if (!call.World.Market.IsSold(offer) || call.Customer.Terms.LegacyOrders == LegacyRefusal.NoLongerSold)
        {
            throw Refusals.NoLongerSold(offer);
        }

        if (quantity < offer.MinimumQuantity || quantity > offer.MaximumQuantity)
        {
            throw Refusals.LineQuantity(lineNumber, offer.MinimumQuantity, offer.MaximumQuantity);
        }

        PartnerIds.Check(partners);
        return offer;
    }

    /// <summary>The error of an id that no offer has: a catalog item of new commerce, or any other text.</summary>
    public static ServiceException Unknown(string offerId) =>
        offerId.IndexOf(':') >= 0 || Guid.TryParse(offerId, out _) ? Refusals.NotAnOffer(offerId) : Refusals.InvalidOffer(offerId);

    public static void CheckLimits(Call call, IEnumerable<Offer> offers)
    {
        foreach (var group in offers.GroupBy(offer => offer))
        {
            if (!call.World.Market.IsWithinLimit(group.Key, call.Account, group.Count()))
            {
                throw Refusals.OfferLimit(group.Key, call.World.Market.Limit(group.Key).Limit);
            }
        }
    }
}
