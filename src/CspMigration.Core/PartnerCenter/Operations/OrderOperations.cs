using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.PartnerCenter.Json;
using CspMigration.Core.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.PartnerCenter.Operations;

/// <summary>Orders of legacy licence offers (API docs §8).</summary>
internal sealed class OrderOperations
{
    private readonly ServiceCaller _service;

    public OrderOperations(ServiceCaller service) => _service = service;

    /// <summary>Orders one legacy offer. Not repeated when its outcome is unknown: the caller looks first.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="line">What to buy.</param>
    /// <param name="requestId">The idempotency key: the same when the same purchase is sent again after an unknown outcome.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Order> CreateAsync(string customerId, NewOrderLine line, Guid requestId, CancellationToken cancellationToken)
    {
        var item = new JObject
        {
            ["LineItemNumber"] = 0,
            ["OfferId"] = line.OfferId,
            ["FriendlyName"] = line.FriendlyName,
            ["Quantity"] = line.Quantity,
        };
        var order = new JObject
        {
            ["ReferenceCustomerId"] = customerId,
            ["BillingCycle"] = line.BillingCycle,
            ["LineItems"] = new JArray(item),
        };
        if (line.PartnerIdOnRecord is { } partnerId)
        {
            item["PartnerIdOnRecord"] = partnerId;
            order["PartnerOnRecordAttestationAccepted"] = true;
        }

        var reply = await _service.SendAsync(ServiceRequest.Post(RouteOf(customerId), order, requestId), cancellationToken).ConfigureAwait(false);
        return Order.Read(new ResourceReader(reply.Body, "an order"));
    }

    public Task<Order> GetAsync(string customerId, string orderId, CancellationToken cancellationToken)
    {
        return _service.GetAsync(ServiceRoute.Of($"customers/{customerId}/orders/{orderId}"), "an order", Order.Read, cancellationToken);
    }

    /// <summary>All orders; up to 15 minutes behind, so that a missing one proves nothing.</summary>
    public Task<IReadOnlyList<Order>> ListAsync(string customerId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(RouteOf(customerId), "an order", Order.Read, cancellationToken);
    }

    private static ServiceRoute RouteOf(string customerId) => ServiceRoute.Of($"customers/{customerId}/orders");
}
