using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>What the scenario sells of the catalog, and how.</summary>
internal sealed class Market
{
    /// <summary>The partner's country, which is the only one it may sell in.</summary>
    public const string PartnerCountry = "US";

    private static readonly OfferRule NoRule = new();

    private readonly LegacyCommerce _legacy;
    private readonly Dictionary<string, OfferRule> _rules = new(AnyCase.Comparer);

    public Market(LegacyCommerce legacy)
    {
        _legacy = legacy;
    }

    public IEnumerable<Offer> Listed(string country) =>
        OfferCatalog.Instance.OnSale.Where(offer => IsListed(offer) && offer.IsSoldIn(country));

    public void Add(string offerId, OfferRule rule) => _rules.Add(offerId, rule);

    public Offer? FindListed(string id, string country) => Listed(country).FirstOrDefault(offer => AnyCase.AreEqual(offer.Id, id));

    /// <summary>Whether the catalog lists it as for sale.</summary>
    public bool IsForSale(Offer offer) => _legacy != LegacyCommerce.Closed && !offer.IsWithdrawn && !Rule(offer).IsNotForSale;

    /// <summary>Whether an order for it is accepted.</summary>
    public bool IsSold(Offer offer) => IsListed(offer) && IsForSale(offer) && _legacy == LegacyCommerce.Open;

    public (int Limit, string Unit) Limit(Offer offer) =>
        Rule(offer) is { Limit: > 0 } rule ? (rule.Limit, rule.LimitUnit) : (offer.Limit, offer.LimitUnit);

    /// <summary>Whether the customer may have this many more of it.</summary>
    public bool IsWithinLimit(Offer offer, Account account, int more)
    {
        var (limit, unit) = Limit(offer);
        return limit == 0 || more + account.Subscriptions.Count(subscription =>
            AnyCase.AreEqual(subscription.OfferId, offer.Id) && (unit == "Lifetime" || subscription.Status != SubscriptionStatus.Deleted)) <= limit;
    }

    private bool IsListed(Offer offer) => !offer.IsRetired && !Rule(offer).IsUnlisted;

    private OfferRule Rule(Offer offer) => _rules.TryGetValue(offer.Id, out var rule) ? rule : NoRule;
}
