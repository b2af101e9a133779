using System;

namespace CspMigration.Sandbox.State;

/// <summary>One line of an order; the service shows its subscription once it is fulfilled.</summary>
internal sealed class OrderLine
{
    public int Number { get; init; }

    public Subscription Subscription { get; init; } = null!;

    public string OfferId { get; init; } = "";

    public string FriendlyName { get; init; } = "";

    public PartnersOfRecord Partners { get; init; } = PartnersOfRecord.None;

    /// <summary>The requested end of the first term; null for a whole term.</summary>
    public DateTimeOffset? TermEnd { get; init; }

    public string? PromotionId { get; init; }

    public int Quantity { get; init; }

    public DateTimeOffset FulfilledFrom { get; init; }

    public bool IsFulfilled(DateTimeOffset now) => now >= FulfilledFrom;
}
