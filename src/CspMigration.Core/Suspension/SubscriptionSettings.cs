namespace CspMigration.Core.Suspension;

/// <summary>What is to be set of a subscription; what is null stays as it is.</summary>
public sealed record SubscriptionSettings
{
    /// <summary>Number of seats.</summary>
    public int? Quantity { get; init; }

    /// <summary>Whether it renews.</summary>
    public bool? AutoRenew { get; init; }

    /// <summary>Its nickname.</summary>
    public string? FriendlyName { get; init; }
}
