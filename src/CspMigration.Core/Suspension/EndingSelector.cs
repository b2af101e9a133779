using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Suspension;

/// <summary>
/// Selects how an active source ends (docs/rules.md, rules 13, 14, 25): suspended, left to expire, canceled at the end of its term, or
/// deleted.
/// </summary>
internal sealed class EndingSelector
{
    private readonly MigrationOperation _operation;

    public EndingSelector(MigrationOperation operation) => _operation = operation;

    /// <summary>Selects the ending.</summary>
    /// <param name="subscription">The source.</param>
    /// <param name="request">How it was asked for.</param>
    /// <param name="options">How it is to end.</param>
    /// <exception cref="CspMigrationException"><c>TooLateToUndo</c>: it can no longer be canceled; <c>EndOfTermChanged</c>: another administrator has changed the end of its term.</exception>
    public Ending Select(Subscription subscription, SuspensionRequest request, SuspensionOptions options)
    {
        return IsToEndWithTerm(subscription, options) ? SelectTermEnd(subscription, request)
            : Select(subscription, options.AtTermEnd || IsLeftToExpire(request, subscription, options), options);
    }

    /// <summary>What will be warned of before a subscription ends, with default switches; null where there is nothing.</summary>
    public EndingWarning? Foresee(Subscription subscription)
    {
        var options = new SuspensionOptions();
        var ending = IsToEndWithTerm(subscription, options) ? new Ending(SuspensionOutcome.EndsWithTerm, SuspensionChange.EndWithTerm, "") : Select(subscription, atTermEnd: false, options);
        return WarningOf(subscription, ending);
    }

    /// <summary>What is warned of before an ending; null where there is nothing.</summary>
    public EndingWarning? WarningOf(Subscription subscription, Ending ending)
    {
        // Paid in advance, and nothing comes back (docs/rules.md, rule 14).
        var isPaidAhead = ending.Change == SuspensionChange.Suspend && ServiceWord.Is(subscription.BillingCycle, "annual") && subscription.CommitmentEnd > _operation.Time.GetUtcNow();
        return ending.Outcome == SuspensionOutcome.AutoRenewOff ? EndOfTermRules.ExtensionWarning(subscription)
            : isPaidAhead ? new EndingWarning($"It is paid until {UtcDay.Of(subscription.CommitmentEnd)} and nothing is refunded.", Remedies.LeaveToTermEnd())
            : null;
    }

    // An earlier run of the line left it so (docs/rules.md, rule 1); who wants it ended now says so, or ends it by its id. New commerce expires anyhow.
    private bool IsLeftToExpire(SuspensionRequest request, Subscription subscription, SuspensionOptions options)
    {
        return request.LicensesMoved is not null
            && options is { Reason: SuspensionReason.Migrated, Immediate: false, Cancel: false }
            && subscription is { Commerce: CommerceKind.Legacy, AutoRenewEnabled: false }
            && _operation.Journal.View.IsLeftToExpire(request.Customer, subscription.Id);
    }

    private Ending Select(Subscription subscription, bool atTermEnd, SuspensionOptions options)
    {
        var end = UtcDay.Of(subscription.CommitmentEnd);
        if (atTermEnd)
        {
            var runOut = subscription.AutoRenewEnabled ? SuspensionChange.AutoRenewOff : SuspensionChange.None;
            return new Ending(SuspensionOutcome.LeftToTermEnd, runOut, $"Left to expire on {end}; nothing is refunded before.");
        }

        if (options.Cancel && subscription.Commerce == CommerceKind.NewCommerce)
        {
            // An extended term can be canceled at any time; what looks like one the service judges.
            return EndOfTermRules.MayBeExtended(subscription) || (subscription.CancelableUntil is { } until && until >= _operation.Time.GetUtcNow())
                ? new Ending(SuspensionOutcome.Cancelled, SuspensionChange.Delete, options.Reason.ToString())
                : throw ErrorCatalog.TooLateToUndo.Exception(
                    $"{subscription.OfferName} ({subscription.Id}) can be canceled within 7 days of its purchase or renewal only.",
                    remedy: Remedies.LeaveOutCancel());
        }

        if (options.Cancel)
        {
            _operation.Observer.Verbose($"{subscription.OfferName} is a legacy subscription: it is canceled by being suspended.");
        }

        return new Ending(SuspensionOutcome.Suspended, SuspensionChange.Suspend, options.Reason.ToString());
    }

    // Suspending saves nothing in new commerce; the other reasons want the service to stop all the same.
    private static bool IsToEndWithTerm(Subscription subscription, SuspensionOptions options)
    {
        return subscription.Commerce == CommerceKind.NewCommerce && (options.AtTermEnd || options is { Reason: SuspensionReason.Migrated, Immediate: false, Cancel: false });
    }

    // Also where auto-renew is off already: without the cancellation the service may extend the term.
    private Ending SelectTermEnd(Subscription subscription, SuspensionRequest request)
    {
        var journal = _operation.Journal.View;
        if (EndOfTermSetting.Cancel.IsOf(subscription))
        {
            return new Ending(SuspensionOutcome.EndsWithTerm, SuspensionChange.None, EndOfTermRules.Reason(subscription));
        }

        if (EndOfTermRules.IsChanged(_operation, request.Customer, subscription))
        {
            throw EndOfTermRules.Changed(request.Customer, subscription, request.CustomerName);
        }

        // What the service did not take is not sent every night; who asks for this subscription alone has it tried again.
        return request.LicensesMoved is not null && EndOfTermRules.IsAsLeft(journal, request.Customer, subscription) && journal.WasCancellationRefused(request.Customer, subscription.Id)
            ? new Ending(SuspensionOutcome.AutoRenewOff, SuspensionChange.None, EndOfTermRules.ExtensionWarning(subscription).ToString())
            : new Ending(SuspensionOutcome.EndsWithTerm, SuspensionChange.EndWithTerm, EndOfTermRules.Reason(subscription));
    }
}
