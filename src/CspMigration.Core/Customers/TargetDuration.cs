using System;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>
/// How long a subscription lasts that could be a target. Users are moved only to what is no trial, and renews by itself or
/// lasts at least as long as a purchase in its place would.
/// </summary>
internal static class TargetDuration
{
    /// <summary>Whether it lasts.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="now">The present moment, when a purchase would begin.</param>
    /// <param name="term">The term a purchase would have.</param>
    /// <param name="termEnd">The day a purchase was asked to end; null for the full term.</param>
    public static bool Lasts(Subscription subscription, DateTimeOffset now, string term, DateTimeOffset? termEnd)
    {
        if (subscription.IsTrial)
        {
            return false;
        }

        // A term that cannot be counted is outlasted by nothing that ends.
        var bought = termEnd?.UtcDateTime.Date ?? TermLength.LastDay(now.UtcDateTime.Date, term);
        return subscription.AutoRenewEnabled || subscription.CommitmentEnd is null || subscription.CommitmentEnd.Value.UtcDateTime.Date >= bought;
    }

    /// <summary>The error for a target that users would lose again.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscription">The target.</param>
    /// <param name="relation">What it has to do with the migration, as the middle of a sentence.</param>
    public static CspMigrationException Expires(CustomerId customerId, Subscription subscription, string relation)
    {
        return ErrorCatalog.TargetExpires.Exception(
            $"{subscription.OfferName} ({subscription.Id}) {relation}, but {Describe(subscription)}: users moved to it would lose it then.",
            customerId,
            subscription.Id,
            remedy: subscription.IsTrial ? Remedies.ReplaceTrial() : Remedies.RenewThenRunAgain(UserCommands.TurnRenewalOn(customerId, subscription.Id)));
    }

    /// <summary>What becomes of it at the end of its term, as the end of a sentence.</summary>
    public static string Describe(Subscription subscription)
    {
        var end = UtcDay.Of(subscription.CommitmentEnd);
        return subscription.IsTrial ? $"is a trial{(end is null ? "" : $", which ends on {end}")}"
            : !subscription.AutoRenewEnabled ? end is null ? "does not renew" : $"ends on {end} and does not renew"
            : end is null ? "renews" : $"renews on {end}";
    }
}
