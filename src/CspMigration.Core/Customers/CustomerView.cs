using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>One customer as an operation has read it: each thing once, and again after a change.</summary>
internal sealed class CustomerView
{
    private const string Only = "";

    private readonly MigrationOperation _operation;
    private readonly AsyncCache<string, Customer> _customer = new();
    private readonly AsyncCache<string, IReadOnlyList<Subscription>> _subscriptions = new();
    private readonly AsyncCache<string, IReadOnlyList<SubscribedSku>> _skus = new();
    private readonly AsyncCache<string, IReadOnlyList<Qualification>> _qualifications = new();
    private readonly AsyncCache<SubscriptionId, SkuId?> _skuIds = new();
    private AsyncCache<SubscriptionId, ProvisioningStatus> _provisioning = new();
    private AsyncCache<SubscriptionId, Subscription> _current = new();
    private readonly AsyncCache<string, bool> _agreement = new();
    private readonly Dictionary<Type, object> _kept = [];

    public CustomerView(MigrationOperation operation, CustomerId customerId)
    {
        _operation = operation;
        CustomerId = customerId;
    }

    public CustomerId CustomerId { get; }

    /// <summary>The present moment.</summary>
    public DateTimeOffset Now => _operation.Time.GetUtcNow();

    /// <summary>The customer itself, with its country.</summary>
    public Task<Customer> CustomerAsync(CancellationToken cancellationToken)
    {
        return _customer.GetAsync(Only, ReadCustomerAsync, cancellationToken);
    }

    /// <summary>The segments the customer is, or wants to be, qualified for.</summary>
    public Task<IReadOnlyList<Qualification>> QualificationsAsync(CancellationToken cancellationToken)
    {
        return _qualifications.GetAsync(Only, token => _operation.Client.Customers.ListQualificationsAsync(CustomerId, token), cancellationToken);
    }

    /// <summary>Whether the customer has accepted the customer agreement.</summary>
    public Task<bool> HasAgreementAsync(CancellationToken cancellationToken)
    {
        return _agreement.GetAsync(Only, ReadAgreementAsync, cancellationToken);
    }

    /// <summary>Begins to read the same; whether it can be read shows to those who ask.</summary>
    public Task ReadAgreementAheadAsync(CancellationToken cancellationToken) => _agreement.ReadAheadAsync(Only, ReadAgreementAsync, cancellationToken);

    public Task<IReadOnlyList<Subscription>> SubscriptionsAsync(CancellationToken cancellationToken)
    {
        return _subscriptions.GetAsync(Only, ReadSubscriptionsAsync, cancellationToken);
    }

    /// <summary>A subscription from the customer's list; null where the list does not have it.</summary>
    public async Task<Subscription?> SubscriptionAsync(SubscriptionId? subscriptionId, CancellationToken cancellationToken)
    {
        var subscriptions = await SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        return subscriptions.FirstOrDefault(subscription => subscription.Id.Is(subscriptionId));
    }

    /// <summary>A subscription from the customer's list.</summary>
    /// <exception cref="CspMigrationException"><c>NotOurSubscription</c>: the list does not have it.</exception>
    public async Task<Subscription> RequireSubscriptionAsync(SubscriptionId? subscriptionId, CancellationToken cancellationToken)
    {
        return await SubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false)
            ?? throw PartnerCenterErrors.NotOurSubscription.Exception($"The customer {CustomerId} has no subscription {subscriptionId}.", CustomerId, subscriptionId);
    }

    /// <summary>A subscription read by itself, which is newer than the customer's list.</summary>
    public Task<Subscription> CurrentAsync(SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _current.GetAsync(subscriptionId, token => _operation.Client.Subscriptions.GetAsync(CustomerId, subscriptionId, token), cancellationToken);
    }

    /// <summary>The same; null where the service does not know it.</summary>
    public Task<Subscription?> FindCurrentAsync(SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return ServiceCaller.FindAsync(CurrentAsync(subscriptionId, cancellationToken));
    }

    /// <summary>Begins to read the same; whether it can be read shows to those who ask.</summary>
    public Task ReadCurrentAheadAsync(SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _current.ReadAheadAsync(subscriptionId, token => _operation.Client.Subscriptions.GetAsync(CustomerId, subscriptionId, token), cancellationToken);
    }

    /// <summary>The same of a subscription that the customer's list has.</summary>
    /// <exception cref="CspMigrationException"><c>NotOurSubscription</c>: the list does not have it.</exception>
    public async Task<Subscription> RequireCurrentAsync(SubscriptionId? subscriptionId, CancellationToken cancellationToken)
    {
        var listed = await RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        return await CurrentAsync(listed.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How far the service has set a subscription up.</summary>
    public Task<ProvisioningStatus> ProvisioningAsync(SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _provisioning.GetAsync(
            subscriptionId, token => _operation.Client.Subscriptions.GetProvisioningStatusAsync(CustomerId, subscriptionId, token), cancellationToken);
    }

    /// <summary>
    /// The active subscription that a source was migrated to, or is being: by the marks of what was bought or given seats for
    /// it, else by the journal; null where there is none, and where that was rolled back.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="subscriptions">All of the customer's.</param>
    public Subscription? TargetOf(Subscription source, IReadOnlyList<Subscription> subscriptions)
    {
        if (_operation.Journal.View.IsUndone(CustomerId, source.Id))
        {
            return null;
        }

        var others = subscriptions.Where(other => other.IsActive && !other.Id.Is(source.Id)).ToList();
        return others.Find(other => PurchaseMark.Names(other.FriendlyName, source.Id))
            ?? others.Find(other => PurchaseMark.NamesSeats(other.FriendlyName, source.Id))
            ?? (_operation.Journal.View.Purchase(CustomerId, source.Id) is { SubscriptionId: { } id } ? others.Find(other => other.Id.Is(id)) : null);
    }

    /// <summary>
    /// Whether a subscription is in service for the rest of its term only: it was left to expire on purpose. Where the journal does
    /// not know it, a source that has a target and does not renew was.
    /// </summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="subscriptions">All of the customer's.</param>
    public bool IsExpiring(Subscription subscription, IReadOnlyList<Subscription> subscriptions)
    {
        var journal = _operation.Journal.View;
        return subscription is { IsActive: true, AutoRenewEnabled: false }
            && (journal.IsExpiring(CustomerId, subscription.Id)
                || (journal.Purchase(CustomerId, subscription.Id) is null && TargetOf(subscription, subscriptions) is not null));
    }

    /// <summary>Whether the journal has a subscription as left to expire.</summary>
    public bool WasLeftToExpire(Subscription subscription) => _operation.Journal.View.IsExpiring(CustomerId, subscription.Id);

    /// <summary>Whether the journal has a subscription as ended.</summary>
    public bool IsEnded(Subscription subscription) => _operation.Journal.View.IsEnded(CustomerId, subscription.Id);

    /// <summary>
    /// How many seats a source was to get when its target was bought or given seats; the source's own where no one wrote it down. Of
    /// what was given seats, some may have been free before.
    /// </summary>
    public int SeatsBoughtFor(Subscription source)
    {
        return _operation.Journal.View.Purchase(CustomerId, source.Id) is { Quantity: { } after } written
            ? written.Method == JournalMethod.Resize ? Math.Max(after - (written.QuantityBefore ?? 0), Math.Min(source.Quantity, after)) : after
            : source.Quantity;
    }

    /// <summary>The units of every directory SKU; needs an App+User token and delegated rights, and so proves both.</summary>
    public Task<IReadOnlyList<SubscribedSku>> SkusAsync(CancellationToken cancellationToken)
    {
        return _skus.GetAsync(Only, ReadSkusAsync, cancellationToken);
    }

    /// <summary>The units of one directory SKU; null where the tenant has none of it.</summary>
    public async Task<SubscribedSku?> SkuAsync(SkuId? skuId, CancellationToken cancellationToken)
    {
        var skus = await SkusAsync(cancellationToken).ConfigureAwait(false);
        return skus.FirstOrDefault(sku => sku.SkuId.Is(skuId));
    }

    /// <summary>The directory SKU a subscription's licenses belong to; null where the service does not say.</summary>
    public Task<SkuId?> SkuIdOfAsync(SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _skuIds.GetAsync(subscriptionId, token => ReadSkuIdAsync(subscriptionId, token), cancellationToken);
    }

    /// <summary>Those of some subscriptions whose licenses belong to a directory SKU, in their order; not those of which the service does not say.</summary>
    public async Task<List<Subscription>> OfSkuAsync(IEnumerable<Subscription> subscriptions, SkuId? skuId, CancellationToken cancellationToken)
    {
        var found = new List<Subscription>();
        foreach (var subscription in subscriptions)
        {
            if (skuId.Is(await SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false)))
            {
                found.Add(subscription);
            }
        }

        return found;
    }

    /// <summary>The same where users are to be counted by it.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>: the service does not say.</exception>
    public async Task<SkuId> RequireSkuIdOfAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        return await SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false)
            ?? throw ErrorCatalog.HoldersUnknown.Exception(
                $"The service does not say which SKU {subscription.OfferName} ({subscription.Id}) belongs to, so its users cannot be counted.", CustomerId, subscription.Id);
    }

    /// <summary>Whether the service has failed to provision a subscription: it will never have seats.</summary>
    public async Task<bool> HasFailedAsync(SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return (await _operation.Client.Subscriptions.GetProvisioningStatusAsync(CustomerId, subscriptionId, cancellationToken).ConfigureAwait(false)).Failed;
    }

    /// <summary>What a step keeps beside what was read, for as long as the customer need not be read again.</summary>
    public T Kept<T>()
        where T : class, new()
    {
        lock (_kept)
        {
            if (!_kept.TryGetValue(typeof(T), out var kept))
            {
                _kept[typeof(T)] = kept = new T();
            }

            return (T)kept;
        }
    }

    /// <summary>Takes over the customer's list where it has been read already.</summary>
    public void KeepSubscriptions(IReadOnlyList<Subscription> subscriptions) => _subscriptions.Keep(Only, subscriptions);

    /// <summary>Takes over what an earlier step has read: <see cref="SkuIdOfAsync"/> need not ask for it.</summary>
    public void KeepSkuId(SubscriptionId subscriptionId, SkuId skuId) => _skuIds.Keep(subscriptionId, skuId);

    /// <summary>Begins to read, side by side, what every purchase is decided by. What cannot be read fails where it is needed.</summary>
    /// <returns>The end of the readings, however they went.</returns>
    /// <param name="sources">The subscriptions whose directory SKU is needed.</param>
    /// <param name="cancellationToken">Ends the readings.</param>
    public Task ReadAheadAsync(IEnumerable<SubscriptionId> sources, CancellationToken cancellationToken)
    {
        return Task.WhenAll(
            _customer.ReadAheadAsync(Only, ReadCustomerAsync, cancellationToken), ReadSeatsAheadAsync(cancellationToken), ReadSkuIdsAheadAsync(sources, cancellationToken));
    }

    /// <summary>The same for the directory SKUs of several subscriptions; those that are known are not asked for.</summary>
    /// <returns>The end of the readings, however they went.</returns>
    public Task ReadSkuIdsAheadAsync(IEnumerable<SubscriptionId> subscriptionIds, CancellationToken cancellationToken)
    {
        return Task.WhenAll(subscriptionIds.Select(id => _skuIds.ReadAheadAsync(id, token => ReadSkuIdAsync(id, token), cancellationToken)));
    }

    /// <summary>The same for what tells whose seats are whose.</summary>
    /// <returns>The end of the readings, however they went.</returns>
    public Task ReadSeatsAheadAsync(CancellationToken cancellationToken)
    {
        return Task.WhenAll(
            _subscriptions.ReadAheadAsync(Only, ReadSubscriptionsAsync, cancellationToken), _skus.ReadAheadAsync(Only, ReadSkusAsync, cancellationToken));
    }

    /// <summary>Something was bought, changed or moved: subscriptions and units are read again.</summary>
    public void Changed()
    {
        _subscriptions.Forget(Only);
        _skus.Forget(Only);
        _provisioning = new AsyncCache<SubscriptionId, ProvisioningStatus>();
        _current = new AsyncCache<SubscriptionId, Subscription>();
    }

    private Task<Customer> ReadCustomerAsync(CancellationToken cancellationToken) => _operation.Client.Customers.GetAsync(CustomerId, cancellationToken);

    private Task<bool> ReadAgreementAsync(CancellationToken cancellationToken) => _operation.Client.Customers.HasAgreementAsync(CustomerId, cancellationToken);

    private async Task<SkuId?> ReadSkuIdAsync(SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return (await ProvisioningAsync(subscriptionId, cancellationToken).ConfigureAwait(false)).SkuId;
    }

    private Task<IReadOnlyList<Subscription>> ReadSubscriptionsAsync(CancellationToken cancellationToken)
    {
        return _operation.Client.Subscriptions.ListAsync(CustomerId, cancellationToken);
    }

    private async Task<IReadOnlyList<SubscribedSku>> ReadSkusAsync(CancellationToken cancellationToken)
    {
        var skus = await LicenseServices.ReadSkusAsync(_operation, CustomerId, cancellationToken).ConfigureAwait(false);
        return [.. skus.Select(WithReturned)];
    }

    // The tenant's count lags: who was moved back a moment ago holds a unit, whether it is counted yet or not.
    private SubscribedSku WithReturned(SubscribedSku sku)
    {
        var returned = sku.SkuId is { } skuId ? _operation.Journal.View.ReturnedTo(CustomerId, skuId, Now - UnitsInService.CountLag) : 0;
        return sku.ConsumedUnits < returned ? sku with { ConsumedUnits = returned } : sku;
    }
}
