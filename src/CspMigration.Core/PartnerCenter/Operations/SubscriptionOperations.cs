using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.PartnerCenter.Json;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.PartnerCenter.Operations;

/// <summary>A customer's subscriptions (API docs §6).</summary>
internal sealed class SubscriptionOperations
{
    private const int Accepted = 202;

    private readonly ServiceCaller _service;
    private readonly SeenRecords _seen;

    public SubscriptionOperations(ServiceCaller service, SeenRecords seen)
    {
        _service = service;
        _seen = seen;
    }

    public Task<IReadOnlyList<Subscription>> ListAsync(string customerId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions"), "a subscription", json => _seen.Note(customerId, Subscription.Read(json)), cancellationToken);
    }

    public Task<Subscription> GetAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(RouteOf(customerId, subscriptionId), "a subscription", Subscription.Read, cancellationToken);
    }

    public Task<ProvisioningStatus> GetProvisioningStatusAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/provisioningstatus"),
            "a provisioning status",
            ProvisioningStatus.Read,
            cancellationToken);
    }

    /// <summary>Suspends or reactivates.</summary>
    public Task<Subscription> SetStatusAsync(string customerId, Subscription subscription, string status, CancellationToken cancellationToken)
    {
        return ChangeAsync(customerId, subscription, new("status", status), current => Same(current.Status, status), cancellationToken);
    }

    public Task<Subscription> SetQuantityAsync(string customerId, Subscription subscription, int quantity, CancellationToken cancellationToken)
    {
        return ChangeAsync(customerId, subscription, new("quantity", quantity), current => current.Quantity == quantity, cancellationToken);
    }

    public Task<Subscription> SetAutoRenewAsync(string customerId, Subscription subscription, bool autoRenew, CancellationToken cancellationToken)
    {
        return ChangeAsync(customerId, subscription, new("autoRenewEnabled", autoRenew), current => current.AutoRenewEnabled == autoRenew, cancellationToken);
    }

    public Task<Subscription> SetFriendlyNameAsync(string customerId, Subscription subscription, string friendlyName, CancellationToken cancellationToken)
    {
        return ChangeAsync(customerId, subscription, new("friendlyName", friendlyName), current => current.FriendlyName == friendlyName, cancellationToken);
    }

    /// <summary>New commerce: the number of seats it shall have when it renews (API docs §6).</summary>
    public Task<Subscription> SetQuantityAtRenewalAsync(string customerId, Subscription subscription, int quantity, CancellationToken cancellationToken)
    {
        var parts = (subscription.OfferId ?? "").Split(':');
        var instructions = new JObject
        {
            ["product"] = new JObject
            {
                ["productId"] = parts[0],
                ["skuId"] = parts.Length > 1 ? parts[1] : null,
                ["availabilityId"] = parts.Length > 2 ? parts[2] : null,
                ["billingCycle"] = subscription.BillingCycle,
                ["termDuration"] = subscription.TermDuration,
            },
            ["quantity"] = quantity,
        };
        return ChangeAsync(
            customerId, subscription, new("scheduledNextTermInstructions", instructions), current => current.QuantityAtRenewal == quantity, cancellationToken);
    }

    /// <summary>Whether the service offers an upgrade of its own for a legacy subscription.</summary>
    public async Task<bool> HasUpgradeAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        var upgrades = await _service.ListAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/upgrades"), "an upgrade", json => json.Flag("isEligible"), cancellationToken).ConfigureAwait(false);
        return upgrades.Any(isEligible => isEligible);
    }

    /// <summary>Whether the service offers a transition of its own for a new-commerce subscription.</summary>
    public async Task<bool> HasTransitionAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        var transitions = await _service.ListAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/transitioneligibilities"),
            "a transition",
            json => json.Resources("eligibilities").Any(eligibility => eligibility.Flag("isEligible")),
            cancellationToken).ConfigureAwait(false);
        return transitions.Any(isEligible => isEligible);
    }

    /// <summary>Whether the service would migrate a legacy subscription to new commerce itself.</summary>
    public async Task<bool> HasNewCommerceMigrationAsync(string customerId, string subscriptionId, CancellationToken cancellationToken)
    {
        var question = new JObject { ["currentSubscriptionId"] = subscriptionId };
        var request = ServiceRequest.PostRepeatable(ServiceRoute.Of($"customers/{customerId}/migrations/newcommerce/validate"), question);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new ResourceReader(reply.Body, "a migration eligibility").Flag("isEligible");
    }

    /// <summary>
    /// Changes one member of the resource as it is now, which is read right before: what was read earlier, before a prompt perhaps, would
    /// take back what somebody else has changed since. Where that happens between reading and writing it is read again, once.
    /// </summary>
    private async Task<Subscription> ChangeAsync(
        string customerId,
        Subscription subscription,
        KeyValuePair<string, JToken> change,
        Func<Subscription, bool> isDone,
        CancellationToken cancellationToken)
    {
        var current = await GetAsync(customerId, subscription.Id, cancellationToken).ConfigureAwait(false);
        if (isDone(current))
        {
            return current;
        }

        try
        {
            return await PatchAsync(customerId, current, change, isDone, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.StatusCode is 409 or 412 || e.ServiceCode == ServiceCodes.EntityTagStale)
        {
            current = await GetAsync(customerId, subscription.Id, cancellationToken).ConfigureAwait(false);
            return isDone(current) ? current : await PatchAsync(customerId, current, change, isDone, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Subscription> PatchAsync(
        string customerId, Subscription subscription, KeyValuePair<string, JToken> change, Func<Subscription, bool> isDone, CancellationToken cancellationToken)
    {
        var request = ServiceRequest.Patch(RouteOf(customerId, subscription.Id), subscription.With([change]), subscription.EntityTag);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.Status == Accepted || reply.Body is null
            ? await AwaitAsync(customerId, subscription.Id, isDone, cancellationToken).ConfigureAwait(false)
            : Subscription.Read(new ResourceReader(reply.Body, "a subscription"));
    }

    // Accepted is not done: the resource shows when it is (API docs §6).
    private async Task<Subscription> AwaitAsync(string customerId, string subscriptionId, Func<Subscription, bool> isDone, CancellationToken cancellationToken)
    {
        Subscription? current = null;
        await _service.PollAsync(
            "for the change to be carried out",
            async token =>
            {
                current = await GetAsync(customerId, subscriptionId, token).ConfigureAwait(false);
                return isDone(current);
            },
            cancellationToken).ConfigureAwait(false);
        return current!;
    }

    private static ServiceRoute RouteOf(string customerId, string subscriptionId)
    {
        return ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}");
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
