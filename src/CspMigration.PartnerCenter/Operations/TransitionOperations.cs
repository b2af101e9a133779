using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>Changes of new-commerce subscriptions to other products by the service itself (docs/partner-center.md §18).</summary>
internal sealed class TransitionOperations
{
    private readonly ServiceCaller _service;

    public TransitionOperations(ServiceCaller service) => _service = service;

    /// <summary>What a subscription can become: now, or when it renews.</summary>
    public Task<IReadOnlyList<TransitionEligibility>> ListEligibilitiesAsync(CustomerId customerId, SubscriptionId subscriptionId, bool atRenewal, CancellationToken cancellationToken)
    {
        return _service.ListAsync(
            ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/transitioneligibilities").WithQuery(("eligibilityType", atRenewal ? "scheduled" : "immediate")),
            "a transition eligibility",
            TransitionEligibility.Read,
            cancellationToken);
    }

    /// <summary>The transitions of a subscription, in the order of the service.</summary>
    public Task<IReadOnlyList<Transition>> ListAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(RouteOf(customerId, subscriptionId), "a transition", Transition.Read, cancellationToken);
    }

    /// <summary>Begins a transition of all seats in place. There is no way back.</summary>
    public async Task BeginAsync(
        CustomerId customerId, Subscription source, TransitionEligibility target, string termDuration, string billingCycle, Guid requestId, CancellationToken cancellationToken)
    {
        var body = new JObject
        {
            ["fromCatalogItemId"] = source.OfferId?.ToString(),
            ["fromSubscriptionId"] = source.Id.ToString(),
            ["toCatalogItemId"] = target.CatalogItemId.ToString(),
            ["quantity"] = source.Quantity,
            ["termDuration"] = termDuration,
            ["billingCycle"] = billingCycle,
            ["transitionType"] = target.MovesLicenses ? TransitionEligibility.WithLicenses : "transition_only",
        };
        _ = await _service.SendAsync(ServiceRequest.Post(RouteOf(customerId, source.Id), body, requestId), cancellationToken).ConfigureAwait(false);
    }

    private static ServiceRoute RouteOf(CustomerId customerId, SubscriptionId subscriptionId)
    {
        return ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/transitions");
    }
}
