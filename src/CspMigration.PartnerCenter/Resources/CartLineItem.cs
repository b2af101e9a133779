using System.Globalization;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>One line of a cart.</summary>
internal sealed class CartLineItem
{
    private CartLineItem(ResourceReader json)
    {
        CurrencyCode = json.Text("currencyCode");
        Price = json.Resource("pricing") is { } pricing && decimal.TryParse(
            pricing.Text("extendedPrice") ?? pricing.Text("price"), NumberStyles.Number, CultureInfo.InvariantCulture, out var price)
                ? price
                : null;
        if (json.Resource("error") is { } error)
        {
            ErrorCode = error.Text("errorCode") ?? error.Text("code") ?? "";
            ErrorDescription = error.Text("errorDescription") ?? error.Text("description");
        }
    }

    public string? CurrencyCode { get; }

    /// <summary>For all seats and the whole term; null where the service names none.</summary>
    public decimal? Price { get; }

    /// <summary>Why the line cannot be bought; null where it can. A cart is created all the same.</summary>
    public string? ErrorCode { get; }

    public string? ErrorDescription { get; }

    public static CartLineItem Read(ResourceReader json) => new(json);
}
