using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>Units the customer has through another channel: in the directory, but no subscription of this partner's.</summary>
internal sealed class OtherChannelUnits
{
    public OtherChannelUnits(DirectorySku sku, int quantity)
    {
        Sku = sku;
        Quantity = quantity;
    }

    public DirectorySku Sku { get; }

    public int Quantity { get; }
}
