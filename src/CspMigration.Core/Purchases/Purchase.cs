using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>A target as decided: what is bought, or used, for which sources.</summary>
internal sealed record Purchase
{
    /// <summary>The term of a legacy subscription that does not say one (docs/rules.md, rule 6).</summary>
    public const string DefaultTerm = "P1Y";

    public required string PartnerTenantId { get; init; }

    public required CustomerId CustomerId { get; init; }

    public required string? CustomerName { get; init; }

    /// <summary>The sources it replaces, those it was decided for first; empty for a purchase without a source.</summary>
    public required IReadOnlyList<MigrationCase> Cases { get; init; }

    /// <summary>How it is obtained.</summary>
    public required PurchaseMethod Method { get; init; }

    public required TargetOutcome Outcome { get; init; }

    public required TargetOffer Offer { get; init; }

    public required int Quantity { get; init; }

    public required string BillingCycle { get; init; }

    public required string TermDuration { get; init; }

    /// <summary>With the mark.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The day the term shall end, in new commerce; null for the full term.</summary>
    public DateTimeOffset? TermEndDate { get; init; }

    /// <summary>For a prompt: the term, the day it ends where one was asked for, and how it is billed.</summary>
    public string TermText => $"term {TermsOf(TermDuration, TermEndDate, BillingCycle)}";

    public string? PartnerIdOnRecord { get; init; }

    /// <inheritdoc cref="PurchaseMethod.Existing"/>
    public Subscription? Existing => Method.Existing;

    /// <inheritdoc cref="NewSubscription.Parent"/>
    public Subscription? Parent => (Method as NewSubscription)?.Parent;

    /// <inheritdoc cref="CartOrder.Cart"/>
    public Cart? Cart => (Method as CartOrder)?.Cart;

    /// <summary>
    /// What an earlier run began and did not see the end of: it is finished as it was written down, before anything else
    /// is bought; null where there is none.
    /// </summary>
    public OpenPurchase? Open { get; init; }

    /// <summary>Add-ons to buy with it, that are not there yet.</summary>
    public IReadOnlyList<AddOnPurchase> AddOns { get; init; } = [];

    /// <summary>What the add-ons are sold for: the subscription that is used, whatever would be bought in its place; of a trial, what it becomes.</summary>
    public TargetOffer Base => Existing is { OfferId: { } offerId } existing && Method is not TrialConversion
        ? Offer with { Id = offerId.ToString(), Name = existing.OfferName ?? Offer.Name, Commerce = existing.Commerce }
        : Offer;

    /// <summary>Whether a subscription lasts as long as this would.</summary>
    public bool IsOutlastedBy(Subscription subscription, DateTimeOffset now) => TargetDuration.Lasts(subscription, now, TermDuration, TermEndDate);

    /// <summary>For a prompt: how many of which add-ons, and why so many; empty without one.</summary>
    public string AddOnText => string.Join(" and ", AddOns.Select(addOn => addOn.Describe(Quantity)));

    /// <summary>Whether it is made to renew again, because an undo had ended it, before any user is moved to it.</summary>
    public bool RestoresRenewal { get; init; }

    /// <summary>What a plan cannot know, in words; null where there is nothing of the kind.</summary>
    public string? Remark { get; init; }

    /// <summary>What of it is not as it is asked for now, and what to do; null where nothing is.</summary>
    public string? Difference { get; init; }

    /// <summary>The options it was decided with.</summary>
    public required PurchaseOptions Options { get; init; }

    /// <inheritdoc cref="PurchaseMethod.IsBought"/>
    public bool IsBought => Method.IsBought;

    /// <summary>Whether anything is ordered, which a reseller can be on record for.</summary>
    public bool IsOrdered => Method is NewSubscription || AddOns.Count > 0;

    /// <summary>Whether the source itself becomes the target.</summary>
    public bool IsInPlace => Outcome is TargetOutcome.Transitioned or TargetOutcome.Scheduled;

    /// <summary>For a prompt: the methods that would avoid billing twice; null where there are none, or nothing is billed twice.</summary>
    public string? OtherMethods { get; init; }

    /// <summary>When it is planned; the target is there from then on, unless it is scheduled.</summary>
    public DateTimeOffset PlannedOn { get; init; }

    /// <summary>What journal and marks know the sources by.</summary>
    public IReadOnlyList<SourceKey> Keys => [.. Cases.Select(source => source.Key)];

    /// <summary>The same with one difference more from what is asked for; null adds none.</summary>
    public Purchase Differing(string? difference) => difference is null ? this : this with { Difference = Difference is null ? difference : $"{Difference} {difference}" };

    /// <summary>One object a source; one without a source.</summary>
    /// <param name="target">The target; null while it is only planned.</param>
    /// <param name="orderId">The order, where known better than by the target itself.</param>
    /// <param name="isPlanned">Whether nothing has been sent.</param>
    public IReadOnlyList<TargetSubscription> Describe(Subscription? target, OrderId? orderId, bool isPlanned)
    {
        // A trial yet to be converted has none of its target's terms, whoever its seats are for.
        if (isPlanned && (Method is TrialConversion || (Outcome == TargetOutcome.Reused && target?.IsTrial == true)))
        {
            target = null;
        }

        // What is to become of the source is not what it is.
        var isYetToBe = IsInPlace && target is not null && !target.OfferId.IsSameAs(Offer.CatalogItem);
        var current = isYetToBe ? null : target;
        var window = CancellationWindow.Of(this, target, isPlanned);
        var common = new TargetSubscription
        {
            PartnerTenantId = PartnerTenantId,
            CustomerId = CustomerId.ToString(),
            CustomerName = CustomerName,
            TargetSubscriptionId = (target ?? Existing)?.Id.ToString(),
            OfferId = current?.OfferId?.ToString() ?? Offer.Id,
            OfferName = Offer.Name ?? target?.OfferName,
            SkuId = Offer.SkuId,
            Quantity = isPlanned ? Quantity : target?.Quantity ?? Quantity,
            BillingCycle = current?.BillingCycle ?? BillingCycle,
            TermDuration = current?.TermDuration ?? TermDuration,
            TermEndDate = TermEndDate,
            FriendlyName = target?.FriendlyName ?? FriendlyName,

            // Arrays: what the compiler makes of a collection expression, PowerShell does not index.
            AddOns = AddOns.Select(addOn => addOn.Offer.Id).ToArray(),
            AddOnQuantities = AddOns.Select(addOn => addOn.Quantity).ToArray(),
            Status = isPlanned ? "planned" : target?.Status ?? "",
            OrderId = (orderId ?? target?.OrderId)?.ToString(),
            PartnerIdOnRecord = target?.PartnerId ?? PartnerIdOnRecord,
            Outcome = Outcome,
            IsPlanned = isPlanned,
            Commerce = target?.Commerce ?? Offer.Commerce,
            Price = Cart?.LineItems.FirstOrDefault()?.Price,
            Currency = Cart?.LineItems.FirstOrDefault()?.CurrencyCode,
            Remark = isPlanned ? Remark : null,
            ReducibleUntil = window.Until,
            CancelableUntil = window.Until,
            Method = Outcome switch
            {
                TargetOutcome.Transitioned => MigrationMethod.Transition,
                TargetOutcome.Scheduled => MigrationMethod.Renewal,
                _ => MigrationMethod.Purchase,
            },
        };
        return Cases.Count == 0
            ? [common]
            : [.. Cases.Select((source, index) => common with
            {
                SourceSubscriptionId = source.Row.SubscriptionId,
                SourceSkuId = source.SkuId.ToString(),
                Outcome = index > 0 && Outcome is (TargetOutcome.Purchased or TargetOutcome.Resized or TargetOutcome.Reactivated) ? TargetOutcome.Covered : Outcome,
                LicenseMoveNeeded = Method.MovesUsers && !source.SkuId.Is(Offer.Sku),
                Source = source.Row,
                EffectiveOn = EffectiveOn(source, target),
                Methods = isPlanned ? MethodPreviews.Of(source, this, PlannedOn) : [],
                OverlapDays = Overlap.DaysOf(source.Row, Outcome, EffectiveOn(source, target), Options.SourcesEndingOf(source.Row)),
            })];
    }

    private DateTimeOffset? EffectiveOn(MigrationCase source, Subscription? target)
    {
        // The term of what has renewed already has begun.
        var hasBecome = target is not null && target.OfferId.IsSameAs(Offer.CatalogItem);
        return Outcome == TargetOutcome.Scheduled ? hasBecome ? target!.TermStartedOn : Overlap.FirstMomentAfter(source.Subscription?.CommitmentEnd ?? source.Row.CommitmentEndDate)
            : IsBought && Outcome != TargetOutcome.Transitioned && target is not null ? target.TermStartedOn
            : PlannedOn;
    }

    /// <summary>The same terms without their heading.</summary>
    public static string TermsOf(string term, DateTimeOffset? end, string billingCycle) => $"{term}, {(end is { } day ? $"ending {UtcDay.Of(day)}, " : "")}billed {billingCycle}";
}
