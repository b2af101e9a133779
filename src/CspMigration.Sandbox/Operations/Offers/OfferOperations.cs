using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Offers;

/// <summary>The catalog of license-based offers.</summary>
internal static class OfferOperations
{
    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/offers", Needs.None, List),
        new("GET", "/v1/offers/{offerId}", Needs.None, Get),
        new("GET", "/v1/offers/{offerId}/addons", Needs.None, AddOns),
        new("GET", "/v1/offercategories", Needs.None, call => Answer.Ok(OfferResource.AllCategories(Countries.Require(call)))),
        new("GET", "/v1/customers/{customerId}/offers", Needs.Relationship, ForCustomer),
    ];

    private static Answer List(Call call)
    {
        var country = Countries.Require(call);
        var category = call.Query["offer_category_id"];
        var offers = call.World.Market.Listed(country).Where(offer => category == null || AnyCase.AreEqual(OfferResource.CategoryId(offer), category));
        return Answer.Ok(Collection(call, offers, country, "/offers"));
    }

    private static Answer Get(Call call)
    {
        var country = Countries.Require(call);
        return Answer.Ok(Resource(call, Listed(call, country), country));
    }

    private static Answer AddOns(Call call)
    {
        var country = Countries.Require(call);
        var parent = Listed(call, country);
        return Answer.Ok(Collection(call, call.World.Market.Listed(country).Where(offer => offer.AcceptsParent(parent.Id)), country, $"/offers/{parent.Id}/addons"));
    }

    // Offers of the customer's segments whose limit the customer has not reached.
    private static Answer ForCustomer(Call call)
    {
        var country = call.Customer.Country;
        var segments = call.Account.SegmentsAt(call.Now);
        var offers = call.World.Market.Listed(country)
            .Where(offer => segments.Contains(offer.Segment, AnyCase.Comparer) && call.World.Market.IsWithinLimit(offer, call.Account, 1));
        return Answer.Ok(Collection(call, offers, country, $"/customers/{call.Customer.Id}/offers"));
    }

    private static Offer Listed(Call call, string country)
    {
        var id = call["offerId"];
        return call.World.Market.FindListed(id, country) ?? throw (id.IndexOf(':') >= 0 ? Refusals.NotAnOffer(id) : Refusals.NoSuchOffer(id));
    }

    private static JObject Collection(Call call, IEnumerable<Offer> offers, string country, string path)
    {
        var size = call.Query.Number("size", 0);
        var part = offers.Skip(call.Query.Number("offset", 0)).Take(size == 0 ? int.MaxValue : size);
        return Json.Collection(part.Select(offer => Resource(call, offer, country)), path + (call.Query.Text.Length > 0 ? "?" + call.Query.Text : ""));
    }

    public static JObject Resource(Call call, Offer offer, string country)
    {
        var (limit, unit) = call.World.Market.Limit(offer);
        return OfferResource.Of(offer, country, call.World.Market.IsForSale(offer), limit, unit);
    }
}
