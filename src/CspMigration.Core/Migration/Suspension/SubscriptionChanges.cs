using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.Suspension;

/// <summary>Changes a subscription on its own (design rule 10): makes it active again, or sets seats, renewal or name.</summary>
public sealed class SubscriptionChanges
{
    private readonly MigrationOperation _operation;

    internal SubscriptionChanges(MigrationOperation operation) => _operation = operation;

    /// <summary>Makes a suspended subscription active again. One that is active already is left as it is.</summary>
    /// <exception cref="CspMigrationException"><c>TooLateToReactivate</c>, or its base is suspended.</exception>
    public async Task<ExpiringSubscription> ResumeAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, customerId);
        var subscription = await view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        if (!subscription.IsActive)
        {
            await CheckResumableAsync(view, subscription, cancellationToken).ConfigureAwait(false);
            await JournalStatusAsync(JournalEntryKind.StatusIntended, customerId, subscription, done: null, cancellationToken).ConfigureAwait(false);
            _ = await _operation.Client.Subscriptions.SetStatusAsync(customerId, subscription, "active", cancellationToken).ConfigureAwait(false);
            await JournalStatusAsync(JournalEntryKind.StatusSettled, customerId, subscription, done: true, cancellationToken).ConfigureAwait(false);
        }

        return await ReadAsync(customerId, subscriptionId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets what is given; what is so already is not sent.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="quantity">Number of seats; null to leave it.</param>
    /// <param name="autoRenew">Whether it renews; null to leave it.</param>
    /// <param name="friendlyName">Its nickname; null to leave it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ExpiringSubscription> SetAsync(
        string customerId, string subscriptionId, int? quantity, bool? autoRenew, string? friendlyName, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, customerId);
        var subscription = await view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);

        // One change a call: the service refuses some combinations (API docs §6).
        if (quantity is { } seats && subscription.Quantity != seats)
        {
            subscription = await ResizeAsync(customerId, subscription, seats, cancellationToken).ConfigureAwait(false);
        }

        if (autoRenew is { } renews && subscription.AutoRenewEnabled != renews)
        {
            subscription = await _operation.Client.Subscriptions.SetAutoRenewAsync(customerId, subscription, renews, cancellationToken).ConfigureAwait(false);
        }

        if (friendlyName is not null && subscription.FriendlyName != friendlyName)
        {
            _ = await _operation.Client.Subscriptions.SetFriendlyNameAsync(customerId, subscription, friendlyName, cancellationToken).ConfigureAwait(false);
        }

        return await ReadAsync(customerId, subscriptionId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What to warn of before seats are taken away: that users would hold more than are left, or that this cannot be told.</summary>
    /// <param name="row">The subscription as it is now.</param>
    /// <param name="quantity">How many seats are to be left.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null where enough are left: it is worth a few calls, and no failure.</returns>
    public async Task<string?> WarningForAsync(ExpiringSubscription row, int quantity, CancellationToken cancellationToken)
    {
        if (quantity >= row.Quantity || !CustomerView.Same(row.Status, "active"))
        {
            return null;
        }

        try
        {
            var (holders, seatsLeft) = await CountForAsync(row, row.Quantity - quantity, cancellationToken).ConfigureAwait(false);
            return holders > seatsLeft
                ? $"{row.OfferName} of {row.CustomerName}: {Enumeration.Count(holders, "user")} hold it, and {Enumeration.Count(seatsLeft, "seat")} would be left for them."
                : null;
        }
        catch (CspMigrationException e)
        {
            return $"{row.OfferName} of {row.CustomerName}: its users could not be counted; with fewer seats, some may be left without a license. {e.Problem}";
        }
    }

    private async Task<(int Holders, int SeatsLeft)> CountForAsync(ExpiringSubscription row, int seatsGoing, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, row.CustomerId);
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var (skuId, partNumber) = row.SkuId is null ? _operation.Session.Map.SkuOf(row.OfferId) : (row.SkuId, null);
        skuId ??= skus.FirstOrDefault(sku => CustomerView.Same(sku.PartNumber, partNumber))?.SkuId
            ?? await view.RequireSkuIdOfAsync(await view.RequireSubscriptionAsync(row.SubscriptionId!, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

        // Where it is the only one of its SKU, no other has to be read.
        var pool = LicensePool.OfListed(skus, skuId);
        if (pool.Active <= row.Quantity)
        {
            return (pool.Consumed, Math.Max(0, pool.Active - seatsGoing));
        }

        var count = await HolderCount.ReadAsync(view, skuId, seatsGoing, cancellationToken).ConfigureAwait(false);
        return (count.Holders, count.UnitsStaying);
    }

    // Of a successor, how far the migration is that got it: it has none of its own.
    private async Task<ExpiringSubscription> ReadAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        var row = await _operation.Discovery.ReadAsync(customerId, subscriptionId, cancellationToken).ConfigureAwait(false);
        var journal = _operation.Journal.View;
        return row.MigrationState != MigrationState.Discovered || journal.SourcesOf(customerId, subscriptionId).Count == 0 ? row
            : row with { MigrationState = journal.UnfinishedSources(customerId, subscriptionId).Count == 0 ? MigrationState.Completed : MigrationState.Purchased };
    }

    private async Task CheckResumableAsync(CustomerView view, Subscription subscription, CancellationToken cancellationToken)
    {
        if (!subscription.IsSuspended || subscription.CommitmentEnd < _operation.Time.GetUtcNow())
        {
            throw ErrorCatalog.TooLateToReactivate.Exception(
                $"{subscription.OfferName} ({subscription.Id}) is {subscription.Status}, and its term ended on {UtcDay.Of(subscription.CommitmentEnd)}.", view.CustomerId, subscription.Id);
        }

        if (subscription.ParentSubscriptionId is { } parentId
            && await view.SubscriptionAsync(parentId, cancellationToken).ConfigureAwait(false) is { IsActive: false } parent)
        {
            throw ErrorCatalog.PrerequisiteMissing.Exception(
                $"{subscription.OfferName} is an add-on to {parent.OfferName} ({parentId}), which is {parent.Status}.",
                view.CustomerId,
                subscription.Id,
                action: "Make the base active first.");
        }
    }

    // Seats are billed: who looks for the reason finds it in the journal, absolute before and after.
    private async Task<Subscription> ResizeAsync(string customerId, Subscription subscription, int seats, CancellationToken cancellationToken)
    {
        await JournalSeatsAsync(JournalEntryKind.QuantityIntended, done: null).ConfigureAwait(false);
        var resized = await _operation.Client.Subscriptions.SetQuantityAsync(customerId, subscription, seats, cancellationToken).ConfigureAwait(false);
        await JournalSeatsAsync(JournalEntryKind.QuantitySettled, done: true).ConfigureAwait(false);
        return resized;

        Task JournalSeatsAsync(JournalEntryKind kind, bool? done) => _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = kind,
                At = _operation.Time.GetUtcNow(),
                CustomerId = customerId,
                SubscriptionId = subscription.Id,
                QuantityBefore = subscription.Quantity,
                Quantity = seats,
                Done = done,
            },
            cancellationToken);
    }

    private Task JournalStatusAsync(JournalEntryKind kind, string customerId, Subscription subscription, bool? done, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = kind,
                At = _operation.Time.GetUtcNow(),
                CustomerId = customerId,
                SubscriptionId = subscription.Id,
                Status = "Active",
                Done = done,
            },
            cancellationToken);
    }
}
