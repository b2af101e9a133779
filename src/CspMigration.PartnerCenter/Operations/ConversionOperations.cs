using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>Trials that become paid subscriptions in place (docs/partner-center.md §10).</summary>
internal sealed class ConversionOperations
{
    private readonly ServiceCaller _service;

    public ConversionOperations(ServiceCaller service) => _service = service;

    public Task<IReadOnlyList<Conversion>> ListAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(RouteOf(customerId, subscriptionId), "a conversion", Conversion.Read, cancellationToken);
    }

    /// <summary>Converts. A refusal may come with status 200; it is thrown like any other.</summary>
    public async Task ConvertAsync(
        CustomerId customerId, SubscriptionId subscriptionId, Conversion conversion, int quantity, string billingCycle, Guid requestId, CancellationToken cancellationToken)
    {
        var route = RouteOf(customerId, subscriptionId);
        var request = ServiceRequest.Post(route, conversion.With(quantity, billingCycle), requestId);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (new ResourceReader(reply.Body, "a conversion result").Resource("error") is { } error)
        {
            throw ServiceFailure.InsideSuccess(request, error.Text("code"), error.Text("description"));
        }
    }

    private static ServiceRoute RouteOf(CustomerId customerId, SubscriptionId subscriptionId)
    {
        return ServiceRoute.Of($"customers/{customerId}/subscriptions/{subscriptionId}/conversions");
    }
}
