using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Discovery;

/// <summary>
/// Finds units that were bought through another channel (docs/rules.md, rule 15): what the tenant has beyond our own subscriptions
/// account for. The service names neither subscription nor end date for them.
/// </summary>
internal sealed class OtherChannelFinder
{
    private readonly MigrationOperation _operation;

    public OtherChannelFinder(MigrationOperation operation) => _operation = operation;

    public async Task<IReadOnlyList<ExpiringSubscription>> FindAsync(
        Customer customer, CustomerView view, ProductFilter products, CancellationToken cancellationToken)
    {
        var map = _operation.Session.Map;
        var rows = new List<ExpiringSubscription>();
        var skus = await _operation.Client.Users.ListSubscribedSkusAsync(customer.Id, cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var sku in skus.Where(sku => sku.SkuId is not null && sku.ActiveUnits != 0))
        {
            var mapping = map.Find(offerId: null, sku.SkuId, sku.PartNumber);
            if (!products.Passes(sku, mapping))
            {
                continue;
            }

            var units = (await UnitsInService.CountAsync(view, sku, cancellationToken).ConfigureAwait(false)).Elsewhere;
            if (units > 0)
            {
                rows.Add(Describe(customer, sku, mapping, units, subscriptions));
            }
        }

        return rows;
    }

    // Whether it is still sold shows when the purchase is planned.
    private static SkuTarget SameProduct(SubscribedSku sku)
    {
        return new SkuTarget { Name = sku.Name ?? sku.PartNumber ?? sku.SkuId!.Value.ToString(), SkuId = sku.SkuId?.ToString(), PartNumber = sku.PartNumber, IsDefault = true };
    }

    private ExpiringSubscription Describe(
        Customer customer, SubscribedSku sku, SkuMapping? mapping, int units, IReadOnlyList<Subscription> subscriptions)
    {
        return new ExpiringSubscription
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = customer.Id.ToString(),
            CustomerName = customer.CompanyName,
            CustomerDomain = customer.Domain,
            Country = customer.Country,
            OfferName = mapping?.Source ?? sku.Name ?? sku.PartNumber,
            SkuId = sku.SkuId?.ToString(),
            Quantity = units,
            Status = "active",
            RenewalStatus = "Bought through another channel",
            Commerce = CommerceKind.OtherChannel,
            Targets = mapping?.Targets ?? [SameProduct(sku)],
            MigrationState = SubscriptionDescription.IsSucceeded(_operation, customer.Id, sku.SkuId!.Value, subscriptions)
                ? MigrationState.Purchased
                : MigrationState.Discovered,
        };
    }
}
