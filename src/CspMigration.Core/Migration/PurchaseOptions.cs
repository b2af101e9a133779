namespace CspMigration.Core.Migration;

/// <summary>What a purchase is to be like, where the user says so.</summary>
public sealed class PurchaseOptions
{
    /// <summary>The target's name, offer id, directory SKU or part number; null for the map's default.</summary>
    public string? Target { get; set; }

    /// <summary>Number of seats; null for the source's.</summary>
    public int? Quantity { get; set; }

    /// <summary>The billing cycle; null for the source's.</summary>
    public string? BillingCycle { get; set; }

    /// <summary>The Microsoft partner id of the reseller of record; null for the source's.</summary>
    public string? PartnerIdOnRecord { get; set; }

    /// <summary>What stands before the mark in the friendly name; null for the target's name.</summary>
    public string? FriendlyName { get; set; }
}
