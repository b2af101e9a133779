using CspMigration.Sandbox.Catalog;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>The price of a line, before taxes, as the service prints it.</summary>
internal static class PriceResource
{
    /// <param name="price">For one seat and billing period, by the price list.</param>
    /// <param name="promotion">What is taken off; null for nothing.</param>
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
