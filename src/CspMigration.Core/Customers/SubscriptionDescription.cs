using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>Turns what the service says of a subscription into what the pipeline carries.</summary>
internal static class SubscriptionDescription
{
    /// <summary>A subscription as a row.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="customer">Whose it is.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="all">All of the customer's.</param>
    /// <param name="skuId">Its directory SKU, by which the map knows it where no offer id does; null where it was not read.</param>
    /// <param name="isOnSale">Whether the catalog still sells it; true where no one looked.</param>
    public static ExpiringSubscription Describe(
        this MigrationOperation operation, Customer customer, Subscription subscription, IReadOnlyList<Subscription> all, SkuId? skuId = null, bool isOnSale = true)
    {
        var mapping = operation.Session.Map.Find(subscription.OfferId, skuId);
        var withdrawal = WithdrawalOf(subscription, mapping, isOnSale);
        return new ExpiringSubscription
        {
            PartnerTenantId = operation.PartnerTenantId,
            CustomerId = customer.Id.ToString(),
            CustomerName = customer.CompanyName,
            CustomerDomain = customer.Domain,
            Country = customer.Country,
            SubscriptionId = subscription.Id.ToString(),
            OfferId = subscription.OfferId?.ToString(),
            OfferName = subscription.OfferName ?? mapping?.Source,
            FriendlyName = subscription.FriendlyName,
            SkuId = skuId?.ToString(),
            Quantity = subscription.Quantity,
            Status = subscription.Status,
            BillingCycle = subscription.BillingCycle,
            TermDuration = subscription.TermDuration,
            AutoRenewEnabled = subscription.AutoRenewEnabled,
            IsTrial = subscription.IsTrial,
            ParentSubscriptionId = subscription.ParentSubscriptionId?.ToString(),
            AddOns = AddOnsOf(subscription.Id, all),
            CommitmentEndDate = subscription.CommitmentEnd,
            DaysLeft = subscription.CommitmentEnd is { } end ? (int)Math.Floor((end - operation.Time.GetUtcNow()).TotalDays) : null,
            EndOfTerm = EndOfTermRules.Of(subscription, withdrawal),
            RenewalStatus = EndOfTermRules.Describe(subscription, withdrawal),
            Commerce = subscription.Commerce,
            OrderId = subscription.OrderId?.ToString(),
            PartnerIdOnRecord = subscription.PartnerId,
            Targets = mapping?.Targets ?? [],
            MigrationState = StateOf(operation, customer.Id, subscription, all),
        };
    }

    /// <summary>What becomes of a subscription's product until its term ends. What is retired later can still be renewed.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="mapping">Its row of the map; null where it has none.</param>
    /// <param name="isOnSale">Whether the catalog still sells it.</param>
    public static Withdrawal WithdrawalOf(Subscription subscription, SkuMapping? mapping, bool isOnSale)
    {
        return mapping is not null && !(mapping.RetiredOn > subscription.CommitmentEnd?.UtcDateTime.Date) ? Withdrawal.Retired
            : isOnSale ? Withdrawal.None
            : Withdrawal.NotOnSale;
    }

    /// <summary>One subscription as it is now, for ids alone.</summary>
    /// <exception cref="CspMigrationException">There is no such customer or subscription.</exception>
    public static async Task<ExpiringSubscription> DescribeAsync(
        this CustomerView view, MigrationOperation operation, SubscriptionId? subscriptionId, CancellationToken cancellationToken)
    {
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var subscription = await view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        return operation.Describe(customer, subscription, await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Whether a source has its target already, by the marks in the customer's subscriptions, then by the journal, unless the
    /// service has it out of service. What was rolled back can still be named by the mark of a target that others need.
    /// </summary>
    public static bool IsSucceeded(MigrationOperation operation, CustomerId customerId, SourceKey source, IReadOnlyList<Subscription> all)
    {
        return (operation.Journal.View.Purchase(customerId, source) is not null && !HasLostTarget(operation, customerId, source, all))
            || (!operation.Journal.View.IsUndone(customerId, source) && all.Any(other => !other.IsOutOfService && PurchaseMark.NamesTargetOf(other.FriendlyName, source)));
    }

    /// <summary>Whether a source was ended when its migration was finished, at once or by being left to expire, and still is.</summary>
    public static bool IsEnded(MigrationOperation operation, CustomerId customerId, Subscription subscription)
    {
        return subscription.IsActive
            ? operation.Journal.View.IsKept(customerId, subscription.Id)
                || (operation.Journal.View.IsEnded(customerId, subscription.Id) && EndOfTermRules.IsAsLeft(operation.Journal.View, customerId, subscription))
            : operation.Journal.View.IsEnded(customerId, subscription.Id);
    }

    /// <summary>Whether a source is to become its target when it renews, by the journal, and has not yet.</summary>
    public static bool IsScheduled(MigrationOperation operation, CustomerId customerId, Subscription subscription)
    {
        return operation.Journal.View.ChangeInPlace(customerId, subscription.Id) is { Method: JournalMethod.Renewal } change
            && !InPlaceChange.HasBecome(subscription, change)
            && InPlaceChange.IsScheduled(subscription, change.OfferId);
    }

    /// <summary>Whether a source became, or is to become, its target in place, and its migration is not over.</summary>
    public static bool IsChangingInPlace(MigrationOperation operation, CustomerId customerId, Subscription subscription)
    {
        return subscription.IsActive
            && operation.Journal.View.ChangeInPlace(customerId, subscription.Id) is { } change
            && InPlaceChange.MayStand(subscription, change)
            && !operation.Journal.View.IsKept(customerId, subscription.Id);
    }

    /// <summary>Whether a run was cut off right after it had suspended or deleted a source: the same command writes down that its migration is completed.</summary>
    public static bool IsEndUnsettled(MigrationOperation operation, CustomerId customerId, Subscription subscription)
    {
        return !subscription.IsActive && operation.Journal.View.IsEndUnsettled(customerId, subscription.Id);
    }

    // Someone may have ended what the journal has as its target, or taken off what was to make the source its target.
    private static bool HasLostTarget(MigrationOperation operation, CustomerId customerId, SourceKey source, IReadOnlyList<Subscription> all)
    {
        var view = operation.Journal.View;
        return view.Purchase(customerId, source) is { } purchase
            && all.FirstOrDefault(other => other.Id.Is(purchase.SubscriptionId)) is { } target
            && (target.IsOutOfService || (view.ChangeInPlace(customerId, source) is { } change && !view.IsKept(customerId, source) && !InPlaceChange.MayStand(target, change)));
    }

    // Most subscriptions have none.
    private static IReadOnlyList<string> AddOnsOf(SubscriptionId subscriptionId, IReadOnlyList<Subscription> all)
    {
        return all.Any(other => other.ParentSubscriptionId is not null)
            ? [.. all.Where(other => other.ParentSubscriptionId.Is(subscriptionId)).Select(other => other.Id.ToString())]
            : [];
    }

    private static MigrationState StateOf(MigrationOperation operation, CustomerId customerId, Subscription subscription, IReadOnlyList<Subscription> all)
    {
        return !IsSucceeded(operation, customerId, subscription.Id, all)
                ? operation.Journal.View.IsUndone(customerId, subscription.Id) ? MigrationState.RolledBack : MigrationState.Discovered
            : IsEnded(operation, customerId, subscription) && !HasLostTarget(operation, customerId, subscription.Id, all) ? MigrationState.Completed
            : IsScheduled(operation, customerId, subscription) ? MigrationState.Scheduled
            : subscription is { IsActive: true, Commerce: CommerceKind.NewCommerce } && operation.Journal.View.IsEnded(customerId, subscription.Id) && operation.Journal.View.IsLeftToExpire(customerId, subscription.Id) && !EndOfTermRules.IsAsLeft(operation.Journal.View, customerId, subscription) ? MigrationState.LicensesMoved
            : MigrationState.Purchased;
    }
}
