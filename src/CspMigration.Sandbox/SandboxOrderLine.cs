namespace CspMigration.Sandbox;

/// <summary>A line of an order.</summary>
/// <param name="OfferId">The ordered offer or catalog item.</param>
/// <param name="SubscriptionId">The subscription of this line, also while the service does not list it yet.</param>
/// <param name="Quantity">How many seats.</param>
public sealed record SandboxOrderLine(string OfferId, string SubscriptionId, int Quantity);
