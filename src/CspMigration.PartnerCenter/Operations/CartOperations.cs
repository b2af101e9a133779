using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Operations;

/// <summary>Carts, the way to buy in new commerce (docs/partner-center.md §9).</summary>
internal sealed class CartOperations
{
    private readonly ServiceCaller _service;

    public CartOperations(ServiceCaller service) => _service = service;

    /// <summary>Creates a cart; nothing is bought by it, so it may be created again when the outcome is unknown.</summary>
    public async Task<Cart> CreateAsync(CustomerId customerId, NewCartLine line, CancellationToken cancellationToken)
    {
        var item = new JObject
        {
            ["id"] = 0,
            ["catalogItemId"] = line.CatalogItemId.ToString(),
            ["friendlyName"] = line.FriendlyName,
            ["quantity"] = line.Quantity,
            ["billingCycle"] = line.BillingCycle,
        };
        if (line.TermDuration is { } term)
        {
            item["termDuration"] = term;
        }

        if (line.CustomTermEndDate is { } end)
        {
            item["customTermEndDate"] = end.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        }

        var cart = new JObject { ["lineItems"] = new JArray(item) };
        if (line.PartnerIdOnRecord is { } partnerId)
        {
            item["participants"] = new JArray(new JObject { ["key"] = "transaction_reseller", ["value"] = partnerId });

            // As in an order (900206), the attestation belongs to the cart as a whole.
            cart["partnerOnRecordAttestationAccepted"] = true;
        }

        var request = ServiceRequest.PostRepeatable(ServiceRoute.Of($"customers/{customerId}/carts"), cart);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Cart.Read(new ResourceReader(reply.Body, "a cart"));
    }

    /// <summary>A cart made before; null where the service does not have it any more.</summary>
    public Task<Cart?> FindAsync(CustomerId customerId, string cartId, CancellationToken cancellationToken)
    {
        return ServiceCaller.FindAsync(_service.GetAsync(ServiceRoute.Of($"customers/{customerId}/carts/{cartId}"), "a cart", Cart.Read, cancellationToken));
    }

    /// <summary>Buys what is in a cart. Not repeated when its outcome is unknown: the caller looks first.</summary>
    public async Task<CheckoutResult> CheckoutAsync(CustomerId customerId, string cartId, Guid requestId, CancellationToken cancellationToken)
    {
        var request = ServiceRequest.Post(ServiceRoute.Of($"customers/{customerId}/carts/{cartId}/checkout"), body: null, requestId);
        var reply = await _service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return CheckoutResult.Read(new ResourceReader(reply.Body, "a checkout"));
    }
}
