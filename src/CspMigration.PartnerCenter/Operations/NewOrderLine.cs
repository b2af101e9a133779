namespace CspMigration.PartnerCenter.Operations;

/// <summary>What an order asks for.</summary>
internal sealed class NewOrderLine
{
    public required CatalogItemId OfferId { get; init; }

    public required string FriendlyName { get; init; }

    public required int Quantity { get; init; }

    /// <summary><c>monthly</c> or <c>annual</c>.</summary>
    public required string BillingCycle { get; init; }

    /// <summary>The Microsoft partner id of the reseller of record; null for none.</summary>
    public string? PartnerIdOnRecord { get; init; }
}
