using System;

namespace CspMigration.Sandbox.State;

/// <summary>
/// What happens to a subscription as time goes by. Nothing here is driven by a timer: a subscription catches up with the
/// clock when somebody looks at it.
/// </summary>
internal static class Lifecycle
{
    /// <summary>A suspended legacy subscription can be reactivated this long, if its term does not end before.</summary>
    private static readonly TimeSpan LegacyRetention = TimeSpan.FromDays(90);

    /// <summary>Users of an expired new-commerce subscription go on working this long.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>After that only administrators reach the data, this long.</summary>
    private static readonly TimeSpan AdministratorsOnly = TimeSpan.FromDays(90);

    public static void CatchUp(Subscription subscription, DateTimeOffset now)
    {
        while (Next(subscription) is { } next && now >= next.At)
        {
            if (next.Status == SubscriptionStatus.Active)
            {
                subscription.Renew();
            }
            else
            {
                subscription.SetStatus(next.Status, next.At);
            }

            subscription.Touch();
        }
    }

    private static (DateTimeOffset At, SubscriptionStatus Status)? Next(Subscription subscription)
    {
        var since = subscription.StatusSince;
        var isLegacy = subscription.Commerce == Commerce.Legacy;
        switch (subscription.Status)
        {
            case SubscriptionStatus.Active:
                return (subscription.EndOfTerm, subscription.AutoRenew ? SubscriptionStatus.Active : SubscriptionStatus.Expired);
            case SubscriptionStatus.Suspended when isLegacy:
                return (Earlier(TermCalendar.EndOf(since + LegacyRetention), subscription.EndOfTerm), SubscriptionStatus.Deleted);
            case SubscriptionStatus.Suspended:
                return (subscription.EndOfTerm, SubscriptionStatus.Disabled);
            case SubscriptionStatus.Expired when isLegacy:
                return (since + LegacyRetention, SubscriptionStatus.Deleted);
            case SubscriptionStatus.Expired:
                return (since + Grace, SubscriptionStatus.Disabled);
            case SubscriptionStatus.Disabled:
                return (subscription.EndOfTerm + Grace + AdministratorsOnly, SubscriptionStatus.Deleted);
            default:
                return null;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
