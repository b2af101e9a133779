using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>A customer's subscriptions (docs/partner-center.md §6).</summary>
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

    /// <summary>Suspends, reactivates or deletes.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription, which is read right before the change.</param>
    /// <param name="status">The service's word.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="check">Fails where what is read forbids the change; null for nothing to check.</param>
    public Task<Subscription> SetStatusAsync(
        string customerId, string subscriptionId, string status, CancellationToken cancellationToken, Action<Subscription>? check = null)
    {
        return ChangeAsync(customerId, subscriptionId, _ => [new("status", status)], current => Same(current.Status, status), check, cancellationToken);
    }

    /// <summary>Sets the number of seats.</summary>
    public Task<Subscription> SetQuantityAsync(
        string customerId, string subscriptionId, int quantity, CancellationToken cancellationToken, Action<Subscription>? check = null)
    {
        return ChangeAsync(customerId, subscriptionId, _ => [new("quantity", quantity)], current => current.Quantity == quantity, check, cancellationToken);
    }

    /// <summary>Has it renew, or not.</summary>
    public Task<Subscription> SetAutoRenewAsync(
        string customerId, string subscriptionId, bool autoRenew, CancellationToken cancellationToken, Action<Subscription>? check = null)
    {
        return ChangeAsync(customerId, subscriptionId, _ => [new("autoRenewEnabled", autoRenew)], current => current.AutoRenewEnabled == autoRenew, check, cancellationToken);
    }

    /// <summary>Gives it a name that is made from the one it has.</summary>
    public Task<Subscription> SetFriendlyNameAsync(string customerId, string subscriptionId, Func<string?, string> nameOf, CancellationToken cancellationToken)
    {
        return ChangeAsync(
            customerId, subscriptionId, current => [new("friendlyName", nameOf(current.FriendlyName))], current => (current.FriendlyName ?? "") == nameOf(current.FriendlyName), check: null, cancellationToken);
    }

    /// <summary>New commerce: the number of seats it shall have when it renews (docs/partner-center.md §6).</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription, which is read right before the change.</param>
    /// <param name="catalogItemId">What it renews as, as it is on sale now: an availability of the day it was bought is not found any more (400019).</param>
    /// <param name="quantity">The number of seats.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Subscription> SetQuantityAtRenewalAsync(
        string customerId, string subscriptionId, string catalogItemId, int quantity, CancellationToken cancellationToken)
    {
        return ChangeAsync(customerId, subscriptionId, ChangesOf, current => current.QuantityAtRenewal == quantity, check: null, cancellationToken);

        IReadOnlyList<KeyValuePair<string, JToken>> ChangesOf(Subscription current)
        {
            var parts = catalogItemId.Split(':');
            var instructions = new JObject
            {
                ["product"] = new JObject
                {
                    ["productId"] = parts[0],
                    ["skuId"] = parts.Length > 1 ? parts[1] : null,
                    ["availabilityId"] = parts.Length > 2 ? parts[2] : null,
                    ["billingCycle"] = current.BillingCycle,
                    ["termDuration"] = current.TermDuration,
                },
                ["quantity"] = quantity,
            };

            // Where both are sent the newer form counts, and what it has is the former decision.
            return [new("scheduledNextTermInstructions", instructions), new("scheduledActions", JValue.CreateNull())];
        }
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

    // The whole resource goes back with the change: it is read right before each attempt, so that nothing older is written.
    private Task<Subscription> ChangeAsync(
        string customerId,
        string subscriptionId,
        Func<Subscription, IReadOnlyList<KeyValuePair<string, JToken>>> changesOf,
        Func<Subscription, bool> isDone,
        Action<Subscription>? check,
        CancellationToken cancellationToken)
    {
        var hasMetAnother = false;
        return _service.RepeatAsync(AttemptAsync, cancellationToken);

        async Task<Subscription> AttemptAsync(CancellationToken token)
        {
            while (true)
            {
                var current = await GetAsync(customerId, subscriptionId, token).ConfigureAwait(false);
                if (isDone(current))
                {
                    return current;
                }

                check?.Invoke(current);
                try
                {
                    return await PatchAsync(customerId, current, changesOf(current), isDone, token).ConfigureAwait(false);
                }
                catch (CspMigrationException e) when (!hasMetAnother && (e.StatusCode is 409 or 412 || e.ServiceCode == ServiceCodes.EntityTagStale))
                {
                    hasMetAnother = true;
                }
            }
        }
    }

    private async Task<Subscription> PatchAsync(
        string customerId, Subscription subscription, IReadOnlyList<KeyValuePair<string, JToken>> changes, Func<Subscription, bool> isDone, CancellationToken cancellationToken)
    {
        var request = ServiceRequest.PatchWhole(RouteOf(customerId, subscription.Id), subscription.With(changes), subscription.EntityTag);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.Status == Accepted || reply.Body is null
            ? await AwaitAsync(customerId, subscription.Id, isDone, cancellationToken).ConfigureAwait(false)
            : Subscription.Read(new ResourceReader(reply.Body, "a subscription"));
    }

    // Accepted is not done: the resource shows when it is (docs/partner-center.md §6).
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
