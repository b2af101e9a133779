using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A cart: what would be bought, at what price, and what the service objects to (docs/partner-center.md §9).</summary>
internal sealed class Cart
{
    private Cart(ResourceReader json)
    {
        Id = json.RequiredText("id");
        LineItems = [.. json.Resources("lineItems").Select(CartLineItem.Read)];
    }

    public string Id { get; }

    public IReadOnlyList<CartLineItem> LineItems { get; }

    public static Cart Read(ResourceReader json) => new(json);
}
