using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.Core.Planning;

/// <summary>
/// What no reading shows of a decided purchase, so that only the run can tell: whether an order is taken, what a cart
/// objects to, whether the seats come. Each is named with the error it may end in, and only where it can.
/// </summary>
internal sealed class RunOnlyChecks
{
    private readonly PlanningContext _context;

    public RunOnlyChecks(PlanningContext context) => _context = context;

    /// <summary>Notes it with the sources of a purchase.</summary>
    public async Task RecordAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        // The service makes it of the source itself.
        if (purchase.IsInPlace)
        {
            return;
        }

        var isInCart = purchase.Method is CartOrder;
        if (purchase.Method is LegacyOrder or AddOnOrder)
        {
            var order = await CheckOrderAsync(purchase, cancellationToken).ConfigureAwait(false);
            isInCart = order.Result == ReadinessResult.Pass;
            Record(purchase, ReadinessRule.Order, order);
        }

        if (isInCart)
        {
            Record(purchase, ReadinessRule.CartLine, Finding.Unknown(Sale.CartRemark, PartnerCenterErrors.CartLineRefused));
        }

        // Nothing waits for the seats where no license moves.
        var moving = purchase.Cases.Where(source => !source.SkuId.Is(purchase.Offer.Sku)).ToList();
        if (purchase.Method.MovesUsers && moving.Count > 0)
        {
            var seats = await CheckSeatsAsync(purchase, cancellationToken).ConfigureAwait(false);
            moving.ForEach(source => source.Record(ReadinessRule.Provisioning, seats));
        }
    }

    private static void Record(Purchase purchase, string rule, Finding finding)
    {
        foreach (var source in purchase.Cases)
        {
            source.Record(rule, finding);
        }
    }

    // A target that is there already says how far its seats are.
    private async Task<Finding> CheckSeatsAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (purchase is not { Method: Reuse, Existing: { } existing })
        {
            return Finding.Unknown(
                "Whether and when the seats come shows only after the purchase.",
                ErrorCatalog.ProvisioningFailed.Id,
                Remedies.IfItIsLate(ErrorCatalog.ProvisioningFailed.Remedy, ErrorCatalog.ProvisioningPending.Id, ErrorCatalog.ProvisioningPending.Remedy));
        }

        var status = await _context.Operation.Client.Subscriptions.GetProvisioningStatusAsync(purchase.CustomerId, existing.Id, cancellationToken).ConfigureAwait(false);
        return status.Succeeded ? Finding.Pass("The seats are there.")
            : status.Failed ? Finding.Warn($"The service failed to provision {existing.OfferName} ({existing.Id}).", ErrorCatalog.ProvisioningFailed.Remedy, ErrorCatalog.ProvisioningFailed.Id)
            : Finding.Unknown($"The seats of {existing.OfferName} ({existing.Id}) are not there yet.", ErrorCatalog.ProvisioningPending);
    }

    // An order that is refused is bought through new commerce: it ends badly only where that does not sell the target either.
    private async Task<Finding> CheckOrderAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        if (_context.Options.Commerce == CommerceChoice.Legacy || purchase.Cases[0].Target is not { } target)
        {
            return Finding.Unknown(Sale.OrderRemark, PartnerCenterErrors.TargetNotOnSale);
        }

        try
        {
            var sale = await FindInNewCommerceAsync(purchase, target, cancellationToken).ConfigureAwait(false);
            return Finding.Pass($"If the order is refused, new commerce sells it: {sale.Offer.Name} ({sale.Offer.Id}).");
        }
        catch (CspMigrationException e)
        {
            return Finding.Unknown($"{Sale.OrderRemark} Nor can it be bought otherwise: {e.Problem}", e.ErrorId, e.Remedy);
        }
    }

    // The same checks as those of the purchase that takes the order's place.
    private async Task<Sale> FindInNewCommerceAsync(Purchase purchase, SkuTarget target, CancellationToken cancellationToken)
    {
        var options = _context.Options with { Commerce = CommerceChoice.New };
        var context = new PlanningContext(_context.Operation, _context.View, options) { Customer = _context.Customer, Country = _context.Country };
        var line = new PurchaseCommandRemedies(purchase.CustomerId, purchase.Cases, _context.Options);
        var sale = await new SaleFinder(context).ForeseeAsync(target, purchase.Quantity, purchase.Cases, line, cancellationToken).ConfigureAwait(false);
        _ = await new CustomerChecks(context).CheckSegmentAsync(sale, cancellationToken).ConfigureAwait(false);
        _ = await new TermChooser(context).ChooseAsync(sale, purchase.Cases[0], line, cancellationToken).ConfigureAwait(false);
        if (!options.RightSize)
        {
            QuantityLimits.Check(sale.Offer, target, purchase.Quantity, line);
        }

        return sale;
    }
}
