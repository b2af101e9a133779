using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>Units purchased through another channel: in the directory, but in no subscription of this partner.</summary>
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
