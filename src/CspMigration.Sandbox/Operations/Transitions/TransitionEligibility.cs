using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>Whether a subscription can transition to a product now, and into which existing subscriptions.</summary>
internal static class TransitionEligibility
{
    public const string Only = "transition_only";
    public const string WithLicenseTransfer = "transition_with_license_transfer";

    public static Vocabulary Types { get; } = new(Only, WithLicenseTransfer);

    public static IReadOnlyList<TransitionError> Errors(CustomerContext context, Subscription source, Availability target, string type)
    {
        var errors = new List<TransitionError>();
        if (!source.IsLive)
        {
            errors.Add(TransitionError.NotActive);
        }
        else if (!source.IsProvisionable || !source.IsProvisioned(context.Now))
        {
            errors.Add(TransitionError.NotProvisioned);
        }

        if (Transition.IsUnderWay(context.Account, source))
        {
            errors.Add(TransitionError.ConcurrencyConflicts);
        }

        if (type == WithLicenseTransfer && !LicenseReassignment.IsPossible(context.Account, source, target.Sku.Sku))
        {
            errors.Add(TransitionError.ConflictingServiceTypes);
        }

        return errors;
    }

    /// <summary>The subscriptions of the target's product; empty for a trial, which is converted in place.</summary>
    public static IEnumerable<Subscription> Existing(CustomerContext context, Subscription source, Availability target) => source.IsTrial
        ? []
        : context.Account.Subscriptions.Where(other => other != source && other.Status != SubscriptionStatus.Deleted && IsOf(other, target.Sku));

    /// <summary>Availabilities change every day, so product and SKU decide.</summary>
    public static bool IsOf(Subscription subscription, ProductSku sku) =>
        subscription.Commerce == Commerce.New && ProductCatalog.Instance.FindSku(subscription.OfferId) == sku;

    public static IReadOnlyList<TargetSubscriptionError> Errors(CustomerContext context, Subscription source, Subscription existing)
    {
        var errors = new List<TargetSubscriptionError>();
        if (!existing.IsLive)
        {
            errors.Add(TargetSubscriptionError.NotActive);
        }

        if (context.Now < existing.CancelableUntil)
        {
            errors.Add(TargetSubscriptionError.InCancellationWindow);
        }

        if (TermCalendar.IsShorter(existing.Term, source.Term))
        {
            errors.Add(TargetSubscriptionError.ShorterTerm);
        }

        if (existing.CommitmentEndDate < source.CommitmentEndDate)
        {
            errors.Add(TargetSubscriptionError.EndsEarlier);
        }

        return errors;
    }
}
