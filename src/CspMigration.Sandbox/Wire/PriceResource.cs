using CspMigration.Sandbox.Catalog;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>The price of a line before taxes, as the service writes it.</summary>
internal static class PriceResource
{
    /// <param name="price">The list price of one seat for one billing period.</param>
    /// <param name="promotion">The promotion; null for none.</param>
    /// <param name="quantity">How many seats.</param>
    public static JObject Of(decimal price, Promotion? promotion, int quantity)
    {
        var discounted = PriceList.Discounted(price, promotion);
        return new JObject
        {
            ["listPrice"] = price,
            ["discountedPrice"] = discounted,
            ["proratedPrice"] = discounted,
            ["price"] = discounted,
            ["extendedPrice"] = discounted * quantity,
        };
    }
}
