using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>Orders of legacy license offers (docs/partner-center.md §8).</summary>
internal sealed class OrderOperations
{
    private readonly ServiceCaller _service;

    public OrderOperations(ServiceCaller service) => _service = service;

    /// <summary>Orders one legacy offer. Not repeated when its outcome is unknown: the caller looks first.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="line">What to buy.</param>
    /// <param name="requestId">The idempotency key: the same when the same purchase is sent again after an unknown outcome.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Order> CreateAsync(CustomerId customerId, NewOrderLine line, Guid requestId, CancellationToken cancellationToken)
    {
        var order = new JObject
        {
            ["ReferenceCustomerId"] = customerId.ToString(),
            ["BillingCycle"] = line.BillingCycle,
            ["LineItems"] = new JArray(LineItem(line)),
        };
        Attest(order, line);
        var reply = await _service.SendAsync(ServiceRequest.Post(RouteOf(customerId), order, requestId), cancellationToken).ConfigureAwait(false);
        return Order.Read(new ResourceReader(reply.Body, "an order"));
    }

    /// <summary>Adds an add-on to the order of its base. Not repeated when its outcome is unknown: the caller looks first.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="baseOrderId">The order the base was bought with.</param>
    /// <param name="parentSubscriptionId">The base.</param>
    /// <param name="line">What to buy.</param>
    /// <param name="requestId">The idempotency key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Order> AddAddOnAsync(
        CustomerId customerId, OrderId baseOrderId, SubscriptionId parentSubscriptionId, NewOrderLine line, Guid requestId, CancellationToken cancellationToken)
    {
        var item = LineItem(line);
        item["ParentSubscriptionId"] = parentSubscriptionId.ToString();
        var order = new JObject { ["ReferenceCustomerId"] = customerId.ToString(), ["LineItems"] = new JArray(item) };
        Attest(order, line);
        var request = ServiceRequest.PatchOnce(ServiceRoute.Of($"customers/{customerId}/orders/{baseOrderId}"), order, requestId);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Order.Read(new ResourceReader(reply.Body, "an order"));
    }

    /// <summary>One order; null where the service does not have it, or not yet.</summary>
    public Task<Order?> FindAsync(CustomerId customerId, OrderId orderId, CancellationToken cancellationToken)
    {
        return ServiceCaller.FindAsync(_service.GetAsync(ServiceRoute.Of($"customers/{customerId}/orders/{orderId}"), "an order", Order.Read, cancellationToken));
    }

    /// <summary>All orders; up to 15 minutes behind, so that a missing one proves nothing.</summary>
    public Task<IReadOnlyList<Order>> ListAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        return _service.ListAsync(RouteOf(customerId), "an order", Order.Read, cancellationToken);
    }

    private static JObject LineItem(NewOrderLine line)
    {
        var item = new JObject
        {
            ["LineItemNumber"] = 0,
            ["OfferId"] = line.OfferId.ToString(),
            ["FriendlyName"] = line.FriendlyName,
            ["Quantity"] = line.Quantity,
        };
        if (line.PartnerIdOnRecord is { } partnerId)
        {
            item["PartnerIdOnRecord"] = partnerId;
        }

        return item;
    }

    // The service wants the attestation only where a partner of record is named (docs/partner-center.md §8).
    private static void Attest(JObject order, NewOrderLine line)
    {
        if (line.PartnerIdOnRecord is not null)
        {
            order["PartnerOnRecordAttestationAccepted"] = true;
        }
    }

    private static ServiceRoute RouteOf(CustomerId customerId) => ServiceRoute.Of($"customers/{customerId}/orders");
}
