namespace CspMigration.Core.Purchases;

/// <summary>Why so many units of an add-on are bought.</summary>
internal enum AddOnQuantityBasis
{
    /// <summary>The user said how many.</summary>
    Asked,

    /// <summary>An earlier run has ordered it, or is about to.</summary>
    Begun,

    /// <summary>It is licensed by user: one for each of the base's seats.</summary>
    Seats,

    /// <summary>It is licensed for the tenant: the fewest it is sold with.</summary>
    Tenant,

    /// <summary>Nothing says whom it is licensed for: the fewest it is sold with.</summary>
    Unknown,
}
