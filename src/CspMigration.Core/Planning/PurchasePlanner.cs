using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Planning;

/// <summary>
/// Decides what is bought for the sources of one customer. Every rule is a named check: the real run stops at the first
/// that fails, and Test-SubscriptionMigration shows them all. Nothing is sent.
/// </summary>
internal sealed class PurchasePlanner
{
    private readonly PlanningContext _context;
    private readonly CustomerChecks _customer;
    private readonly SourceChecks _sources;
    private readonly TargetFinder _targets;
    private readonly SeatCounter _seats;
    private readonly SaleFinder _sales;
    private readonly PurchaseMethodSelector _methods;
    private readonly AddOnChooser _addOns;
    private readonly MigrationMethodSelector _migrationMethods;
    private readonly PurchaseBuilder _builder;
    private readonly List<Purchase> _purchases = [];

    public PurchasePlanner(MigrationOperation operation, CustomerView view, PurchaseOptions options)
    {
        _context = new PlanningContext(operation, view, options);
        _sales = new SaleFinder(_context);
        _builder = new PurchaseBuilder(_context);
        _addOns = new AddOnChooser(_context, _sales);
        _customer = new CustomerChecks(_context);
        _sources = new SourceChecks(_context, _sales);
        _targets = new TargetFinder(_context, _builder, _addOns);
        _seats = new SeatCounter(_context);
        _methods = new PurchaseMethodSelector(_context, _sales);
        _migrationMethods = new MigrationMethodSelector(_context, _builder);
    }

    /// <summary>What the checks have read of the customer.</summary>
    public PlanningContext Context => _context;

    /// <summary>Checks the sources of the customer and decides.</summary>
    /// <param name="cases">The sources; each keeps what its checks found.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Purchase>> PlanAsync(IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        await CheckCustomerAsync(cases, cancellationToken).ConfigureAwait(false);
        await CheckAsync(Open(cases), ReadinessRule.Rights, () => _customer.CheckRightsAsync(cancellationToken)).ConfigureAwait(false);
        foreach (var source in Open(cases))
        {
            await CheckAsync([source], ReadinessRule.Source, () => _sources.CheckSourceAsync(source, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var source in Open(cases))
        {
            await CheckAsync([source], ReadinessRule.AddOns, () => _sources.CheckAddOnsAsync(source, cases, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var source in Open(cases))
        {
            await CheckAsync([source], ReadinessRule.Target, () => CheckTargetAsync(source, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var source in Open(cases).Where(source => source.IsOpen))
        {
            await CheckAsync([source], ReadinessRule.Successor, () => _targets.CheckAsync(source, _purchases, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var source in Open(cases).Where(source => source.Target is not null && !_purchases.Exists(purchase => purchase.Cases.Contains(source))))
        {
            await CheckAsync([source], ReadinessRule.Method, () => _migrationMethods.CheckAsync(source, _purchases, cancellationToken)).ConfigureAwait(false);
        }

        await new SeatShortage(_context).RecordAsync([.. _purchases.Where(purchase => !purchase.IsInPlace)], cancellationToken).ConfigureAwait(false);
        foreach (var purchase in _purchases.Where(purchase => purchase.AddOns.Count > 0))
        {
            await CheckAsync(purchase.Cases, ReadinessRule.Prerequisite, () => Task.FromResult(AddOnFinding(purchase))).ConfigureAwait(false);
        }

        var served = _purchases.SelectMany(purchase => purchase.Cases).ToList();
        await PlanGroupsAsync([.. Open(cases).Except(served)], cancellationToken).ConfigureAwait(false);
        return _purchases;
    }

    private static Finding AddOnFinding(Purchase purchase) => Finding.Pass($"Bought with it: {purchase.AddOnText}.");

    private PurchaseCommandRemedies LineFor(IReadOnlyList<MigrationCase> cases) => new(_context.View.CustomerId, cases, _context.Options);

    // Who names a target that no one has is told those there are.
    private async Task<Finding> CheckTargetAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        try
        {
            return await _sources.CheckTargetAsync(source, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.NoTarget.Id && _context.Options.Target is not null)
        {
            var others = await new TargetAdvice(_context, _sales).OnSaleAsync(refused: null, source.Seats, [source], cancellationToken).ConfigureAwait(false);
            throw e.Of(e.ErrorId, Remedy.All([Remedies.SuggestOffers(), others]));
        }
    }

    private async Task PlanGroupsAsync(List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        // The acceptance is asked for while the catalog is read: both come before every purchase.
        var agreement = cases.Count > 0 ? _context.View.ReadAgreementAheadAsync(cancellationToken) : Task.CompletedTask;
        try
        {
            var groups = cases.GroupBy(source => source.Target!.SkuId ?? source.Target.Name, StringComparer.OrdinalIgnoreCase)
                .SelectMany(target => ByReseller([.. target])).ToList();
            _context.View.Kept<PlannedTogether>().Keep(groups);
            foreach (var group in groups)
            {
                await PlanGroupAsync(group, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await agreement.ConfigureAwait(false);
        }
    }

    // A purchase carries one reseller: sources of several are several purchases. What has none goes with the first.
    private IEnumerable<List<MigrationCase>> ByReseller(List<MigrationCase> cases)
    {
        var first = cases.Find(source => source.Reseller is not null)?.Reseller;
        return _context.Options.PartnerIdOnRecord is not null || first is null
            ? [cases]
            : cases.GroupBy(source => source.Reseller ?? first, StringComparer.OrdinalIgnoreCase).Select(reseller => reseller.ToList());
    }

    private static List<MigrationCase> Open(IEnumerable<MigrationCase> cases) => [.. cases.Where(source => source.IsOpen)];

    // One check for one or more sources: what it throws stops them, what it returns is noted.
    private static async Task CheckAsync(IReadOnlyList<MigrationCase> cases, string rule, Func<Task<Finding>> check)
    {
        if (cases.Count == 0)
        {
            return;
        }

        try
        {
            var finding = await check().ConfigureAwait(false);
            foreach (var source in cases)
            {
                source.Record(rule, finding);
            }
        }
        catch (CspMigrationException e)
        {
            foreach (var source in cases)
            {
                source.Fail(rule, e.About(source.Row.CustomerId, source.Row.SubscriptionId));
            }
        }
    }

    private async Task CheckCustomerAsync(IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        await CheckAsync(cases, ReadinessRule.Cloud, () => _customer.CheckCloudAsync(cancellationToken)).ConfigureAwait(false);
        await CheckAsync(Open(cases), ReadinessRule.Relationship, () => _customer.CheckRelationshipAsync(cancellationToken)).ConfigureAwait(false);
        await CheckAsync(Open(cases), ReadinessRule.Country, () => Task.FromResult(_customer.CheckCountry())).ConfigureAwait(false);
        foreach (var source in Open(cases))
        {
            source.Row = source.Row with { Country = _context.Country, CustomerName = source.Row.CustomerName ?? _context.CustomerName };
        }
    }

    private async Task PlanGroupAsync(List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var target = cases[0].Target!;
        SeatNeed? need = null;
        Sale? sale = null;
        string? term = null;
        string? cycle = null;
        await StepAsync(ReadinessRule.Seats, async () =>
        {
            need = await _seats.CountAsync(cases, target, cancellationToken).ConfigureAwait(false);
            return need.IsTooFew ? Finding.Warn(need.Explanation, ErrorCatalog.TooFewSeats.Remedy, ErrorCatalog.TooFewSeats.Id) : Finding.Pass(need.Explanation);
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.OnSale, async () =>
        {
            sale = await FindSaleAsync(cases, target, need!.Quantity, cancellationToken).ConfigureAwait(false);
            need = need.AtLeast(Math.Max(sale.Offer.MinimumQuantity, target.MinimumQuantity));
            return Finding.Pass($"{sale.Offer.Name} ({sale.Offer.Id}).");
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Segment, () => _customer.CheckSegmentAsync(sale!, cancellationToken)).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Term, async () =>
        {
            (term, cycle) = await new TermChooser(_context).ChooseAsync(sale!, cases[0], LineFor(cases), cancellationToken).ConfigureAwait(false);
            return Finding.Pass($"{Purchase.TermsOf(term, _context.Options.TermEndDate, cycle)}.");
        }).ConfigureAwait(false);
        Purchase? purchase = null;
        await StepAsync(ReadinessRule.Limit, async () =>
        {
            var name = PurchaseMark.Append(_context.Options.FriendlyName ?? target.Name, cases.Select(source => source.Key));
            var draft = _builder.Buy(cases, target, sale!, need!.Quantity, term!, cycle!, name);
            purchase = await _methods.SelectAsync(draft, target, sale!, need.Users, need.Quantity, _purchases, cancellationToken).ConfigureAwait(false);
            return Finding.Pass(purchase.Method.Explain(purchase));
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Quantity, () =>
        {
            if (purchase!.Method is not Reuse)
            {
                QuantityLimits.Check(sale!.Offer, target, purchase.Quantity, LineFor(cases), present: Math.Max(0, purchase.Quantity - need!.Quantity));
            }

            return Task.FromResult(Finding.Pass($"{Enumeration.Count(purchase.Quantity, "seat")}."));
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Prerequisite, async () =>
        {
            purchase = await _addOns.FindParentAsync(purchase!, _purchases, cancellationToken).ConfigureAwait(false);
            purchase = await _addOns.ChooseAsync(purchase, _purchases, cancellationToken).ConfigureAwait(false);
            return purchase switch
            {
                { AddOns.Count: > 0 } => AddOnFinding(purchase),
                { Parent: { } parent } => Finding.Pass($"An add-on to {parent.OfferName} ({parent.Id})."),
                { Method: AddOnOrder } => Finding.Pass("An add-on to what is bought before it."),
                _ => Finding.NotApplicable("Not an add-on."),
            };
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Agreement, () => _customer.CheckAgreementAsync(cancellationToken)).ConfigureAwait(false);
        await StepAsync(ReadinessRule.PartnerOfRecord, () => _customer.CheckPartnerOfRecordAsync(purchase!, cancellationToken)).ConfigureAwait(false);
        if (purchase is not null && Open(cases).Count > 0)
        {
            _purchases.Add(purchase);
        }

        Task StepAsync(string rule, Func<Task<Finding>> check) => CheckAsync(Open(cases), rule, check);
    }

    private async Task<Sale> FindSaleAsync(List<MigrationCase> cases, SkuTarget target, int quantity, CancellationToken cancellationToken)
    {
        var owned = target.Sku is { } skuId ? LicensePool.Of(await _context.View.SkusAsync(cancellationToken).ConfigureAwait(false), skuId).Active : 0;
        return await _sales.FindAsync(target, owned + quantity, cases, cancellationToken).ConfigureAwait(false);
    }
}
