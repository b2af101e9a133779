using System.Linq;
using CspMigration.Sandbox.Catalog;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>An offer and its category as the service writes them.</summary>
internal static class OfferResource
{
    private const string TrialCategory = "Trial_Key";
    private const string EnterpriseCategory = "Enterprise_Key";
    private const string GovernmentCategory = "Government_Key";
    private const string NonprofitCategory = "Nonprofit_Key";

    private static readonly (string Id, string Name, int Rank)[] Categories =
    [
        (EnterpriseCategory, "Enterprise", 20),
        ("SmallBusiness_Key", "Small Business", 30),
        (GovernmentCategory, "Government", 40),
        (NonprofitCategory, "Nonprofit", 50),
        (TrialCategory, "Trial", 60),
    ];

    public static string CategoryId(Offer offer) => offer switch
    {
        { IsAddOn: true } => "",
        { IsTrial: true } => TrialCategory,
        { Segment: Segments.Government } => GovernmentCategory,
        { Segment: Segments.Nonprofit } => NonprofitCategory,
        _ => EnterpriseCategory,
    };

    public static JObject AllCategories(string country) =>
        Json.Collection(Categories.Select(category => Category(category.Id, category.Name, category.Rank, country)));

    /// <param name="offer">The offer.</param>
    /// <param name="country">The country, two letters.</param>
    /// <param name="isForSale">False if it is listed but not for sale.</param>
    /// <param name="limit">How many subscriptions of it a customer may have.</param>
    /// <param name="limitUnit">What the limit counts, as in <see cref="Offer.LimitUnit"/>.</param>
    public static JObject Of(Offer offer, string country, bool isForSale, int limit, string limitUnit)
    {
        var resource = new JObject
        {
            ["id"] = offer.Id,
            ["name"] = offer.Name,
            ["description"] = offer.Name + ", licensed by user.",
            ["minimumQuantity"] = offer.MinimumQuantity,
            ["maximumQuantity"] = offer.MaximumQuantity,
            ["rank"] = 100,
            ["uri"] = "/offers/" + offer.Id,
            ["locale"] = "en-US",
            ["country"] = country,
            ["category"] = Category(offer, country),
            ["limitUnitOfMeasure"] = limitUnit,
            ["limit"] = limit,
            ["termUnitOfMeasure"] = offer.IsTrial ? "Day" : "Year",
            ["term"] = offer.IsTrial ? 30 : 1,
            ["prerequisiteOffers"] = new JArray(offer.Parents),
            ["isAddOn"] = offer.IsAddOn,
            ["hasAddOns"] = OfferCatalog.Instance.OnSale.Any(other => other.AcceptsParent(offer.Id)),
            ["isAvailableForPurchase"] = isForSale,
            ["billing"] = "license",
            ["supportedBillingCycles"] = new JArray(offer.BillingCycles),
            ["isAutoRenewable"] = !offer.IsTrial,
            ["isInternal"] = false,
            ["isMicrosoftProduct"] = true,
            ["reselleeQualifications"] = new JArray(offer.Segment == Segments.Commercial ? "none" : offer.Segment),
            ["resellerQualifications"] = new JArray("none"),
            ["upgradeTargetOffers"] = new JArray(),
            ["conversionTargetOffers"] = new JArray(offer.ConversionTargets),
            ["salesGroupId"] = "1",
            ["isTrial"] = offer.IsTrial,
            ["acquisitionType"] = "Normal",
            ["supportedCatalogTypes"] = new JArray("sandbox", "live"),
            ["actions"] = new JArray("Cancel", "Edit"),
            ["product"] = new JObject { ["id"] = offer.Sku.Id.ToUpperInvariant(), ["name"] = offer.Sku.Name, ["unit"] = "Licenses" },
            ["unitType"] = "Licenses",
            ["links"] = Json.SelfLink($"/offers/{offer.Id}?country={country}"),
            ["attributes"] = Json.Attributes("Offer"),
        };
        return resource;
    }

    private static JObject Category(Offer offer, string country)
    {
        var id = CategoryId(offer);
        var (_, name, rank) = Categories.FirstOrDefault(category => category.Id == id);
        return Category(id, name ?? "", rank, country);
    }

    private static JObject Category(string id, string name, int rank, string country) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["rank"] = rank,
        ["locale"] = "en-US",
        ["country"] = country,
        ["attributes"] = Json.Attributes("OfferCategory"),
    };
}
