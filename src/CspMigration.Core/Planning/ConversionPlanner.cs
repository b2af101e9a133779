using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Trials convert instead of being bought again (docs/rules.md, rule 8).</summary>
internal sealed class ConversionPlanner
{
    private readonly PlanningContext _context;
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseOptions _options;
    private readonly PurchaseBuilder _builder;

    public ConversionPlanner(PlanningContext context, PurchaseBuilder builder)
    {
        _context = context;
        _operation = context.Operation;
        _view = context.View;
        _options = context.Options;
        _builder = builder;
    }

    /// <summary>Decides what a trial becomes.</summary>
    /// <exception cref="CspMigrationException"><c>TargetNotOnSale</c>: not what is wanted; <c>QuantityOutOfRange</c>.</exception>
    public async Task<Purchase> PlanAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        var trial = source.Subscription!;
        var conversions = await _operation.Client.Conversions.ListAsync(_view.CustomerId, trial.Id, cancellationToken).ConfigureAwait(false);
        var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _context.Country, cancellationToken).ConfigureAwait(false);
        var wanted = source.Target;
        var line = new PurchaseCommandRemedies(_view.CustomerId, [source], _options);
        var conversion = conversions.FirstOrDefault(candidate => wanted is null
                || wanted.CatalogItems.Any(offer => offer.IsIdenticalTo(candidate.TargetOfferId))
                || (wanted.SkuId is not null && offers.TryGetValue(candidate.TargetOfferId, out var to) && to.Sku.Is(wanted.Sku)))
            ?? throw PartnerCenterErrors.TargetNotOnSale.Exception(
                $"The trial {trial.OfferName} cannot be converted to {wanted?.Name ?? "anything"}.",
                remedy: conversions.Count == 0
                    ? Remedies.BuyInPlaceOfTrial()
                    : Remedies.ConvertTo([.. conversions.Select(NameOf).Distinct()], line.Toward(conversions.Select(candidate => candidate.TargetOfferId.ToString()).Distinct())));
        var offer = offers.TryGetValue(conversion.TargetOfferId, out var sold)
            ? sold
            : new TargetOffer { Id = conversion.TargetOfferId.ToString(), Name = wanted?.Name, SkuId = source.SkuId.ToString() };
        var quantity = _options.Quantity ?? (conversion.Quantity > 0 ? conversion.Quantity : trial.Quantity);
        QuantityLimits.Check(offer, wanted, quantity, line);
        var sale = Sale.Legacy(offer, mayFallBack: false);
        var (term, cycle) = await new TermChooser(_context).ChooseAsync(sale, source, line, cancellationToken, conversion.BillingCycle).ConfigureAwait(false);
        return _builder.Buy([source], wanted ?? new SkuTarget { Name = offer.Name ?? offer.Id }, sale, quantity, term, cycle, trial.FriendlyName ?? "") with
        {
            Method = new TrialConversion { Existing = trial, Conversion = conversion },
            Outcome = TargetOutcome.Converted,
        };

        string NameOf(Conversion candidate) => offers.TryGetValue(candidate.TargetOfferId, out var to) && to.Name is { } name ? name : "an offer without a name";
    }
}
