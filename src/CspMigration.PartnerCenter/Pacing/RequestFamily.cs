namespace CspMigration.PartnerCenter.Pacing;

/// <summary>The groups of calls the service limits separately (docs/partner-center.md §3, "Throttling").</summary>
internal enum RequestFamily
{
    /// <summary>Customers, users, licenses, catalog and everything else.</summary>
    Customers,

    /// <summary>Below <c>…/subscriptions</c>.</summary>
    Subscriptions,

    /// <summary>Below <c>…/orders</c> and <c>…/carts</c>.</summary>
    Orders,
}
