using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A paid offer a trial can be converted to, in place (docs/partner-center.md §10).</summary>
internal sealed class Conversion
{
    private readonly ResourceReader _json;

    private Conversion(ResourceReader json)
    {
        _json = json;
        TargetOfferId = json.RequiredCatalogItemId("targetOfferId");
        BillingCycle = json.Text("billingCycle");
        Quantity = json.Number("quantity") ?? 0;
    }

    public CatalogItemId TargetOfferId { get; }

    public string? BillingCycle { get; }

    public int Quantity { get; }

    /// <summary>The element as read, with the number of seats wanted: what the service takes back.</summary>
    public JObject With(int quantity, string billingCycle)
    {
        var copy = (JObject)_json.Json.DeepClone();
        ServiceJson.Set(copy, "quantity", quantity);
        ServiceJson.Set(copy, "billingCycle", billingCycle);
        return copy;
    }

    public static Conversion Read(ResourceReader json) => new(json);
}
