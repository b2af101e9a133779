using CspMigration.Contracts;

namespace CspMigration.Core.Suspension;

/// <summary>What is to be set of a subscription; what is null stays as it is.</summary>
public sealed record SubscriptionSettings
{
    /// <summary>Number of seats.</summary>
    public int? Quantity { get; init; }

    /// <summary>Whether it renews.</summary>
    public bool? AutoRenew { get; init; }

    /// <summary>What it does at the end of its term; what <see cref="AutoRenew"/> says must not be something else.</summary>
    public EndOfTermChoice? EndOfTerm { get; init; }

    /// <summary>Its nickname.</summary>
    public string? FriendlyName { get; init; }
}
