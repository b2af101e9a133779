using System;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>Until when seats of a target can be reduced, and until when it can be canceled (docs/partner-center.md §16).</summary>
internal sealed record CancellationWindow
{
    /// <summary>New commerce takes seats, or all of it, back for so many days after a purchase or renewal.</summary>
    public const int Days = 7;

    private CancellationWindow(string reduction, string cancellation, DateTimeOffset? until = null)
    {
        Reduction = reduction;
        Cancellation = cancellation;
        Until = until;
    }

    /// <summary>Nothing says so.</summary>
    public static CancellationWindow Unknown { get; } = new("unknown", "unknown");

    /// <summary>In legacy, where it is canceled by being suspended.</summary>
    public static CancellationWindow AtAnyTime { get; } = new("at any time", "at any time by suspending it");

    /// <summary>The last moment for both; null where there is none, or it is not known.</summary>
    public DateTimeOffset? Until { get; }

    /// <summary>Until when seats can be reduced, as the end of a sentence.</summary>
    public string Reduction { get; }

    /// <summary>Until when it can be canceled, as the end of a sentence.</summary>
    public string Cancellation { get; }

    /// <summary>Until a moment.</summary>
    public static CancellationWindow Ending(DateTimeOffset until) => new($"until {UtcDay.Of(until)}", $"until {UtcDay.Of(until)}", until);

    /// <summary>Of a subscription that is there.</summary>
    public static CancellationWindow Of(Subscription subscription)
    {
        return subscription.Commerce == CommerceKind.Legacy ? AtAnyTime
            : subscription.CancelableUntil is { } until ? Ending(until)
            : Unknown;
    }

    /// <summary>Of what renews as something else after its term: the days begin with the renewal.</summary>
    public static CancellationWindow AfterTerm(DateTimeOffset? end)
    {
        return Overlap.FirstMomentAfter(end) is { } renewal ? Ending(renewal.AddDays(Days).AddSeconds(-1)) : Unknown;
    }

    /// <summary>Of a target as decided. Whether the days begin again with a transition or a conversion, the service does not say.</summary>
    /// <param name="purchase">What was decided.</param>
    /// <param name="target">The target; null where it is yet to be had.</param>
    /// <param name="isPlanned">Whether nothing has been sent.</param>
    public static CancellationWindow Of(Purchase purchase, Subscription? target, bool isPlanned)
    {
        return target is not null && (!isPlanned || purchase.IsBought || purchase.Method is Resize or Reactivation) ? Of(target)
            : purchase.Method switch
            {
                CartOrder { ReducibleUntil: { } until } => Ending(until),
                LegacyOrder or AddOnOrder => AtAnyTime,
                ChangeAtRenewal => AfterTerm(purchase.Existing?.CommitmentEnd),
                _ => Unknown,
            };
    }
}
