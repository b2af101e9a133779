namespace CspMigration.Sandbox;

/// <summary>A line of an order.</summary>
/// <param name="OfferId">What was ordered.</param>
/// <param name="SubscriptionId">What it became, told by the service or not yet.</param>
/// <param name="Quantity">How many seats.</param>
public sealed record SandboxOrderLine(string OfferId, string SubscriptionId, int Quantity);
