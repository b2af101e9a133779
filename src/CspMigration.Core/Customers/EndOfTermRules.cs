using System;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>What happens to a subscription when its term ends, and whether that is how its migration has left it (docs/rules.md, rules 25 and 26).</summary>
internal static class EndOfTermRules
{
    // https://learn.microsoft.com/partner-center/customers/extended-service-terms
    private static readonly DateTimeOffset FirstExtendedPurchase = new(2025, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FirstExtendedEnd = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What happens.</summary>
    public static EndOfTerm Of(Subscription subscription)
    {
        if (subscription.Commerce != CommerceKind.NewCommerce)
        {
            return subscription.AutoRenewEnabled ? EndOfTerm.Renews : EndOfTerm.Ends;
        }

        if (!subscription.IsActive)
        {
            return EndOfTerm.Ends;
        }

        var (renews, action) = (subscription.AutoRenewEnabled, subscription.ScheduledAction);
        return action?.Kind switch
        {
            null => renews ? EndOfTerm.Renews : WithoutChoice(subscription),
            ScheduledActionKind.RenewToNewTerm when renews => action.ProductSku is { } next && !next.IsSameAs(subscription.OfferId) ? EndOfTerm.RenewsIntoAnother : EndOfTerm.Renews,
            ScheduledActionKind.Cancel when !renews => EndOfTerm.Ends,
            ScheduledActionKind.RenewToExtendedServiceTerm when !renews => EndOfTerm.Extends,
            _ => EndOfTerm.Unknown,
        };
    }

    /// <summary>The same, where it is known what became of its product.</summary>
    public static EndOfTerm Of(Subscription subscription, Withdrawal withdrawal)
    {
        return Of(subscription) is var end && end == EndOfTerm.Renews && withdrawal != Withdrawal.None ? EndOfTerm.RenewsIntoRetired : end;
    }

    /// <summary>As the pipeline shows it.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="withdrawal">What became of its product.</param>
    public static string Describe(Subscription subscription, Withdrawal withdrawal = Withdrawal.None)
    {
        if (subscription.CommitmentEnd is not { } end)
        {
            return subscription.AutoRenewEnabled ? "Auto renews" : "Does not renew";
        }

        var date = UtcDay.Of(end);
        return Of(subscription) switch
        {
            EndOfTerm.RenewsIntoAnother => $"Renews into {subscription.ScheduledAction!.ProductSku} on {date}",
            EndOfTerm.Renews when withdrawal == Withdrawal.Retired => $"Auto renews on {date} into a retired SKU",
            EndOfTerm.Renews when withdrawal == Withdrawal.NotOnSale => $"Auto renews on {date} into a SKU that is no longer on sale",
            EndOfTerm.Renews => $"Auto renews on {date}",
            EndOfTerm.Extends => $"Expires on {date}, then extends monthly",
            EndOfTerm.Unknown when subscription.AutoRenewEnabled => $"Auto renews on {date}, unless a scheduled action changes that",
            _ => $"Expires on {date}",
        };
    }

    /// <summary>Whether a source still ends as its migration has left it, by the service.</summary>
    public static bool IsAsLeft(JournalView journal, CustomerId customerId, Subscription subscription)
    {
        return journal.IsLeftToExpire(customerId, subscription.Id) && IsAsLeft(subscription, journal.WasCancellationRefused(customerId, subscription.Id));
    }

    /// <summary>The same of one that was left to its end.</summary>
    /// <param name="subscription">The source.</param>
    /// <param name="isRefused">Whether the service did not take the cancellation: then auto-renew off is all that there can be.</param>
    public static bool IsAsLeft(Subscription subscription, bool isRefused)
    {
        return !subscription.AutoRenewEnabled && (isRefused || subscription.Commerce != CommerceKind.NewCommerce || Of(subscription) == EndOfTerm.Ends);
    }

    /// <summary>Whether someone has had a source renew that its migration had ended: that is their decision.</summary>
    public static bool IsChanged(MigrationOperation operation, CustomerId customerId, Subscription subscription)
    {
        return subscription is { IsActive: true, Commerce: CommerceKind.NewCommerce, AutoRenewEnabled: true } && operation.Journal.View.IsLeftToExpire(customerId, subscription.Id);
    }

    /// <summary>Whether a subscription may be in an extended service term: the service does not say so itself.</summary>
    public static bool MayBeExtended(Subscription subscription)
    {
        return subscription is { AutoRenewEnabled: false, ScheduledAction.Kind: ScheduledActionKind.RenewToExtendedServiceTerm } && ServiceWord.Is(subscription.TermDuration, "P1M");
    }

    /// <summary>Why a source is left active.</summary>
    public static string Reason(Subscription subscription)
    {
        return $"New commerce: ends on {UtcDay.Of(subscription.CommitmentEnd)}, and is billed until then.";
    }

    /// <summary>What to do about a source whose cancellation at the end of the term the service did not take.</summary>
    public static EndingWarning ExtensionWarning(Subscription subscription)
    {
        var end = UtcDay.Of(subscription.CommitmentEnd);
        return new EndingWarning(
            $"The service did not take its cancellation at the end of the term: auto-renew is off, and after {end} the service may extend it month by month at a surcharge.",
            Remedies.ForbidExtension(end ?? ""));
    }

    /// <summary>The error for a source that was ended, and that someone has had renew since.</summary>
    public static CspMigrationException Changed(CustomerId customerId, Subscription subscription, string? customerName)
    {
        return ErrorCatalog.EndOfTermChanged.Exception(
            $"{subscription.OfferName} ({subscription.Id}) of {customerName ?? customerId.ToString()} was set to end with its term, but that was changed since: {Describe(subscription)}.",
            customerId,
            subscription.Id,
            Remedies.EndAllTheSame(UserCommands.EndWithTerm(customerId, subscription.Id)));
    }

    /// <summary>The error for a source that was to become its target at its renewal, and of which someone has decided otherwise since.</summary>
    public static CspMigrationException ScheduleChanged(CustomerId customerId, Subscription subscription, string? targetName, string? customerName)
    {
        return ErrorCatalog.EndOfTermChanged.Exception(
            $"{subscription.OfferName} ({subscription.Id}) of {customerName ?? customerId.ToString()} was scheduled to become {targetName} when it renews, but that was changed since: {Describe(subscription)}.",
            customerId,
            subscription.Id,
            Remedies.ScheduleAgain(UserCommands.BuyAtRenewal(customerId, subscription.Id)));
    }

    /// <summary>
    /// Fails where a subscription is by now to do something else at the end of its term than when that was decided to be changed: someone
    /// has decided otherwise, or the term has ended.
    /// </summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="decided">The subscription as it was then.</param>
    /// <param name="wanted">What it is changed to, of which an earlier attempt whose answer was lost may have made a part.</param>
    public static Action<Subscription> IsStill(CustomerId customerId, Subscription decided, EndOfTermSetting wanted)
    {
        var attempts = 0;
        return current =>
        {
            var isOurs = ++attempts > 1 && (wanted with { Action = null }).IsSameAs(current.TermEnd);
            if (!isOurs && !decided.TermEnd.IsSameAs(current.TermEnd))
            {
                throw ErrorCatalog.PlanChanged.Exception(
                    $"{current.OfferName} ({current.Id}): its end-of-term setting was changed by someone else just before this change. It is now: {Describe(current)}. Nothing was sent.",
                    customerId,
                    current.Id);
            }
        };
    }

    /// <summary>What stood there before the migration, where it does not stand there now and no one has had the source renew since; null else.</summary>
    public static EndOfTermSetting? ToRestore(JournalView journal, CustomerId customerId, Subscription source)
    {
        return !source.AutoRenewEnabled && journal.TermEndBefore(customerId, source.Id) is { } before && !before.IsOf(source) ? before : null;
    }

    /// <summary>For a prompt: what a setting does, before the name of a subscription.</summary>
    public static string Verb(EndOfTermSetting setting)
    {
        return setting switch
        {
            { AutoRenew: true, Action: null } => "turn auto-renew on for",
            { AutoRenew: true } => "restore the scheduled renewal of",
            { Action: null } => "remove the cancellation at the end of the term of",
            { Action.Kind: ScheduledActionKind.Cancel } => "cancel at the end of its term",
            _ => "have the service extend after its term",
        };
    }

    private static EndOfTerm WithoutChoice(Subscription subscription)
    {
        return subscription.IsTrial ? EndOfTerm.Ends
            : subscription is not { TermStartedOn: { } began, CommitmentEnd: { } end } ? EndOfTerm.Unknown
            : began >= FirstExtendedPurchase && end >= FirstExtendedEnd ? EndOfTerm.Extends
            : EndOfTerm.Ends;
    }
}
