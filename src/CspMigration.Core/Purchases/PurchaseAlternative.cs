namespace CspMigration.Core.Purchases;

/// <summary>One way to make a purchase.</summary>
/// <param name="Options">All that is asked for.</param>
/// <param name="Changed">What of it is asked for in another way than before.</param>
public sealed record PurchaseAlternative(PurchaseOptions Options, PurchaseOptions Changed);
