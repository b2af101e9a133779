namespace CspMigration.Sandbox.State;

/// <summary>How orders for license-based offers are refused to one customer, whatever the catalog lists.</summary>
internal enum LegacyRefusal
{
    None,

    /// <summary>The offer is no longer available for purchase.</summary>
    NoLongerSold,

    /// <summary>The offers API does not know the id and refers to products and SKUs.</summary>
    UnknownItem,
}
