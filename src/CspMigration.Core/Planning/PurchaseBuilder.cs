using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Puts purchases together.</summary>
internal sealed class PurchaseBuilder
{
    private readonly PlanningContext _context;
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseOptions _options;

    public PurchaseBuilder(PlanningContext context)
    {
        _context = context;
        _operation = context.Operation;
        _view = context.View;
        _options = context.Options;
    }

    /// <summary>What is on sale is bought.</summary>
    public Purchase Buy(List<MigrationCase> cases, SkuTarget target, Sale sale, int quantity, string term, string cycle, string friendlyName)
    {
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = _view.CustomerId,
            CustomerName = _context.CustomerName,
            Cases = cases,
            Method = sale.NewCommerce is not { } newCommerce ? new LegacyOrder() : new CartOrder
            {
                CatalogItemId = newCommerce.CatalogItemId(term, cycle),
                ReducibleUntil = _operation.Time.GetUtcNow().AddDays(CancellationWindow.Days),
            },
            Outcome = TargetOutcome.Purchased,
            Offer = sale.Offer with { Name = sale.Offer.Name ?? target.Name, SkuId = sale.Offer.SkuId ?? target.SkuId },
            Quantity = quantity,
            BillingCycle = cycle,
            TermDuration = term,
            TermEndDate = _options.TermEndDate,
            FriendlyName = friendlyName,
            PartnerIdOnRecord = _options.PartnerIdOnRecord ?? cases.Select(source => source.Reseller).FirstOrDefault(reseller => reseller is not null),
            Remark = sale.Remark,
            OtherMethods = MigrationMethodSelector.OthersOf(cases),
            PlannedOn = _operation.Time.GetUtcNow(),
            Options = _options,
        };
    }

    /// <summary>The service changes the source itself, now or when it renews.</summary>
    public Purchase ChangeInPlace(MigrationCase source, TransitionEligibility target, bool isAtRenewal)
    {
        var subscription = source.Subscription!;
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = _view.CustomerId,
            CustomerName = _context.CustomerName,
            Cases = [source],
            Method = isAtRenewal ? new ChangeAtRenewal { Existing = subscription } : new TransitionInPlace { Existing = subscription },
            Outcome = isAtRenewal ? TargetOutcome.Scheduled : TargetOutcome.Transitioned,
            Offer = new TargetOffer
            {
                Id = target.CatalogItemId.WithoutAvailability.ToString(),
                Name = target.Title ?? source.Target!.Name,
                SkuId = source.Target!.SkuId,
                Commerce = CommerceKind.NewCommerce,
            },
            Quantity = subscription.Quantity,
            BillingCycle = (_options.BillingCycle ?? subscription.BillingCycle ?? "").ToLowerInvariant(),
            TermDuration = _options.Term ?? subscription.TermDuration ?? Purchase.DefaultTerm,
            FriendlyName = subscription.FriendlyName ?? "",
            PartnerIdOnRecord = subscription.PartnerId,
            PlannedOn = _operation.Time.GetUtcNow(),
            Options = _options,
        };
    }

    /// <summary>What an earlier run began, as it was written down.</summary>
    /// <param name="open">What was begun.</param>
    /// <param name="cases">The sources it is finished for.</param>
    /// <param name="target">The target as it is chosen now, for what was not written down.</param>
    /// <param name="existing">The subscription it was begun with; null where it is to be bought.</param>
    public Purchase Finish(OpenPurchase open, List<MigrationCase> cases, SkuTarget? target, Subscription? existing)
    {
        var begun = open.Intent;
        var method = MethodOf(begun.Method) with { Existing = existing };
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = _view.CustomerId,
            CustomerName = _context.CustomerName,
            Cases = cases,
            Method = open.IsAccepted ? new AwaitedPurchase { Begun = method, Existing = existing } : method,

            // What is used again was bought by an earlier run.
            Outcome = method is Reuse ? TargetOutcome.Purchased : begun.Outcome,
            Offer = new TargetOffer
            {
                Id = begun.OfferId?.ToString() ?? "",
                Name = begun.OfferName ?? target?.Name,
                SkuId = begun.SkuId?.ToString() ?? target?.SkuId,
                Commerce = existing?.Commerce ?? (method is CartOrder ? CommerceKind.NewCommerce : CommerceKind.Legacy),
            },
            Quantity = begun.Quantity ?? cases.Sum(source => source.Seats),
            BillingCycle = begun.BillingCycle ?? "",
            TermDuration = begun.TermDuration ?? Purchase.DefaultTerm,
            TermEndDate = begun.TermEndDate,
            FriendlyName = begun.FriendlyName ?? "",
            PartnerIdOnRecord = begun.PartnerIdOnRecord,
            Open = open,
            PlannedOn = _operation.Time.GetUtcNow(),
            Options = _options,
        };
    }

    /// <summary>A target that is there, or only needs to be made active.</summary>
    public Purchase Use(Subscription? existing, List<MigrationCase> cases, SkuTarget target, TargetOutcome outcome, string friendlyName)
    {
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = _view.CustomerId,
            CustomerName = _context.CustomerName,
            Cases = cases,
            Method = outcome == TargetOutcome.Reactivated ? new Reactivation { Existing = existing } : new Reuse { Existing = existing },
            Outcome = outcome,
            Offer = new TargetOffer
            {
                Id = existing?.OfferId?.ToString() ?? target.OfferIds.FirstOrDefault()?.OfferId ?? "",
                Name = existing?.OfferName ?? target.Name,
                SkuId = target.SkuId,
                Commerce = existing?.Commerce ?? CommerceKind.Legacy,
            },
            Quantity = existing?.Quantity ?? 0,
            BillingCycle = existing?.BillingCycle ?? "",
            TermDuration = existing?.TermDuration ?? Purchase.DefaultTerm,
            FriendlyName = friendlyName,
            PartnerIdOnRecord = existing?.PartnerId,
            PlannedOn = _operation.Time.GetUtcNow(),
            Options = _options,
        };
    }

    private static PurchaseMethod MethodOf(JournalMethod? word) => word switch
    {
        JournalMethod.Reuse => new Reuse(),
        JournalMethod.Transition => new TransitionInPlace(),
        JournalMethod.Renewal => new ChangeAtRenewal(),
        JournalMethod.AddOnOrder => new AddOnOrder(),
        JournalMethod.Cart => new CartOrder(),
        JournalMethod.Reactivation => new Reactivation(),
        JournalMethod.Resize => new Resize(),
        JournalMethod.Conversion => new TrialConversion(),
        _ => new LegacyOrder(),
    };
}
