using System;

namespace CspMigration.Sandbox.State;

/// <summary>
/// The extended service term, which replaced the free grace period:
/// https://learn.microsoft.com/partner-center/customers/extended-service-terms.
/// </summary>
internal static class ExtendedService
{
    public const string Term = "P1M";
    public const string BillingCycle = "monthly";

    /// <summary>After this time the service schedules the extension of a subscription that neither renews nor has an action.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromHours(24);

    private static readonly DateTimeOffset FirstPurchase = new(2025, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FirstEnd = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether the subscription can be extended when its current term ends.</summary>
    public static bool AppliesTo(Subscription subscription) =>
        subscription is { Commerce: Commerce.New, IsTrial: false }
        && subscription.TermStartedOn >= FirstPurchase
        && subscription.CommitmentEndDate >= FirstEnd;
}
