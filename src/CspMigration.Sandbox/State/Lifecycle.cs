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

    /// <summary>When the next thing happens to a subscription of an account; null for never.</summary>
    public static DateTimeOffset? Next(Account account, Subscription subscription) => Due(account, subscription)?.At;

    /// <summary>Lets the next thing happen.</summary>
    public static void Step(Account account, Subscription subscription)
    {
        var (at, happen) = Due(account, subscription)!.Value;
        happen(account, subscription, at);
        subscription.IncrementVersion();
    }

    /// <summary>Whether an extended service term begins when the present one ends, unless somebody decides otherwise.</summary>
    public static bool IsExtendedAtEnd(Account account, Subscription subscription) =>
        subscription.Scheduled == ScheduledAction.Extension || IsExtendedByService(account, subscription);

    private static bool IsExtendedByService(Account account, Subscription subscription) =>
        account.ExtendsUndecided && subscription.UndecidedSince != null && ExtendedService.AppliesTo(subscription);

    private static (DateTimeOffset At, Action<Account, Subscription, DateTimeOffset> Happen)? Due(Account account, Subscription subscription)
    {
        var since = subscription.StatusSince;
        var isLegacy = subscription.Commerce == Commerce.Legacy;
        switch (subscription.Status)
        {
            case SubscriptionStatus.Active when isLegacy:
                return (subscription.EndOfTerm, subscription.AutoRenew ? Renew : Expire);
            case SubscriptionStatus.Active:
                return EndOfTerm(account, subscription);
            case SubscriptionStatus.Suspended when isLegacy:
                return (Earlier(TermCalendar.EndOf(since + LegacyRetention), subscription.EndOfTerm), Delete);
            case SubscriptionStatus.Suspended:
                return (subscription.EndOfTerm, Disable);
            case SubscriptionStatus.Expired when isLegacy:
                return (since + LegacyRetention, Delete);
            case SubscriptionStatus.Expired:
                return (since + Grace, Disable);
            case SubscriptionStatus.Disabled when subscription.IsEnded:
                return (since + AdministratorsOnly, Delete);
            case SubscriptionStatus.Disabled:
                return (subscription.EndOfTerm + Grace + AdministratorsOnly, Delete);
            default:
                return null;
        }
    }

    private static (DateTimeOffset At, Action<Account, Subscription, DateTimeOffset> Happen) EndOfTerm(Account account, Subscription subscription)
    {
        var end = subscription.EndOfTerm;
        switch (subscription.Scheduled?.Type)
        {
            case ScheduledActionType.Cancel:
                return (end, End);
            case ScheduledActionType.RenewToExtendedServiceTerm:
                return (end, Extend);
            case null when IsExtendedByService(account, subscription):
                var scheduledOn = subscription.UndecidedSince!.Value + ExtendedService.Delay;
                return scheduledOn < end ? (scheduledOn, ScheduleExtension) : (end, Extend);
            default:
                return (end, subscription.AutoRenew ? Renew : Expire);
        }
    }

    // Licenses follow into another product where all of them can: https://learn.microsoft.com/partner-center/developer/create-scheduled-changes.
    private static void Renew(Account account, Subscription subscription, DateTimeOffset at)
    {
        var (sku, seats) = (subscription.Sku, subscription.Quantity);
        var movesLicenses = subscription.NextTerm is { } next && next.Product.Sku != sku && next.Quantity == seats
            && LicenseReassignment.IsPossible(account, subscription, next.Product.Sku);
        subscription.Renew();
        if (movesLicenses)
        {
            _ = LicenseReassignment.Move(account, sku, subscription.Sku, SeatPool.Of(account, subscription.Sku, at).Active);
        }
    }

    private static void ScheduleExtension(Account account, Subscription subscription, DateTimeOffset at) =>
        subscription.SetRenewal(autoRenew: false, ScheduledAction.Extension, at);

    private static void Extend(Account account, Subscription subscription, DateTimeOffset at) => subscription.Extend();

    private static void End(Account account, Subscription subscription, DateTimeOffset at) => subscription.End();

    private static void Expire(Account account, Subscription subscription, DateTimeOffset at) => subscription.SetStatus(SubscriptionStatus.Expired, at);

    private static void Disable(Account account, Subscription subscription, DateTimeOffset at) => subscription.SetStatus(SubscriptionStatus.Disabled, at);

    private static void Delete(Account account, Subscription subscription, DateTimeOffset at) => subscription.SetStatus(SubscriptionStatus.Deleted, at);

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
