using System;

namespace CspMigration.Sandbox.State;

/// <summary>
/// The lifecycle of a subscription. It has no timer: a subscription catches up with the clock when it is read.
/// </summary>
internal static class Lifecycle
{
    /// <summary>How long a suspended legacy subscription can be reactivated, at most until its term ends.</summary>
    private static readonly TimeSpan LegacyRetention = TimeSpan.FromDays(90);

    /// <summary>How long users of an expired new-commerce subscription keep their access.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>How long only administrators have access after that.</summary>
    private static readonly TimeSpan AdministratorsOnly = TimeSpan.FromDays(90);

    /// <summary>When the next change of a subscription is due; null for never.</summary>
    public static DateTimeOffset? Next(Account account, Subscription subscription) => Due(account, subscription)?.At;

    /// <summary>Makes the next change.</summary>
    public static void Step(Account account, Subscription subscription)
    {
        var (at, happen) = Due(account, subscription)!.Value;
        happen(account, subscription, at);
        subscription.IncrementVersion();
    }

    /// <summary>Whether an extended service term begins at the end of the current term, if the subscription stays as it is.</summary>
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

    // Licenses follow into another product if all of them can: https://learn.microsoft.com/partner-center/developer/create-scheduled-changes.
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
