using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>One subscription of a migration, base or add-on: its new-commerce equivalent, and its eligibility errors.</summary>
internal sealed class MigrationPart
{
    private const string Year = "P1Y";
    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    private MigrationPart(Subscription source, MigrationRequest request)
    {
        Source = source;
        Request = request;
    }

    public Subscription Source { get; }

    public MigrationRequest Request { get; }

    /// <summary>Its equivalent; null if new commerce has none.</summary>
    public Availability? Item { get; private set; }

    public int Quantity => Request.Quantity ?? Source.Quantity;

    public string Term => Request.Term ?? Year;

    public string BillingCycle => Request.BillingCycle ?? Source.BillingCycle;

    /// <summary>The last day of the first term.</summary>
    public DateTimeOffset EndsOn { get; private set; }

    public IReadOnlyList<(MigrationError Code, string Description)> Errors { get; private set; } = [];

    /// <summary>The new subscription; null until it is created.</summary>
    public Subscription? Result { get; set; }

    /// <exception cref="ServiceException">The quantity is not sold.</exception>
    public static MigrationPart Of(CustomerContext context, Subscription source, MigrationRequest request)
    {
        var part = new MigrationPart(source, request) { Item = Equivalent(context, source) };
        part.CheckQuantity();
        part.Errors = part.Check(context).ToList();
        part.EndsOn = part.End(TermCalendar.Day(context.Now));
        return part;
    }

    // The equivalent provisions the same SKU. Trials and offers of other segments have none.
    private static Availability? Equivalent(CustomerContext context, Subscription source)
    {
        var isLegacyOffer = source is { Commerce: Commerce.Legacy, IsTrial: false } && OfferCatalog.Instance.Find(source.OfferId) is { Segment: Segments.Commercial };
        return !isLegacyOffer ? null : ProductCatalog.Instance.Skus
            .Where(sku => sku.Sku == source.Sku && !sku.IsTrial)
            .SelectMany(sku => context.World.Products.Of(sku, [Segments.Commercial], context.Now))
            .FirstOrDefault();
    }

    private void CheckQuantity()
    {
        if (Item is { Sku: var sku } && Request.Quantity is { } quantity && (quantity < sku.MinimumQuantity || quantity > sku.MaximumQuantity))
        {
            throw Refusals.MigrationQuantity(Source, sku);
        }
    }

    private IEnumerable<(MigrationError Code, string Description)> Check(CustomerContext context)
    {
        if (!Source.IsLive)
        {
            yield return (MigrationError.NotActive, "the status is not active");
        }

        if (context.Account.Processes.OfType<NewCommerceMigration>().Any(migration => migration.IsProcessing(Source)))
        {
            yield return (MigrationError.BeingProcessed, "the subscription is currently being processed");
        }

        if (Source.PromotionId != null)
        {
            yield return (MigrationError.HasPromotions, "it has promotions applied to it");
        }

        if (Item is not { Sku: var sku })
        {
            yield return (MigrationError.ProductUnavailable, "the equivalent offer is not yet available in New Commerce");
        }
        else if (Quantity < sku.MinimumQuantity || Quantity > sku.MaximumQuantity)
        {
            yield return (MigrationError.ProductUnavailable, $"the equivalent offer is sold for {sku.MinimumQuantity} to {sku.MaximumQuantity} seats");
        }
        else if (sku.Term(Term, BillingCycle) == null)
        {
            yield return (MigrationError.TermOrCycleNotSupported, "the combination of term duration and billing cycle is not supported for the New Commerce product");
        }
        else if (Request.TermEnd is { } end && TermEndError(context, end) is { } error)
        {
            yield return error;
        }

        if (context.Now < Source.CreatedOn.AddMonths(1))
        {
            yield return (MigrationError.ActiveForLessThanOneMonth, "it has been active for 1 month or less");
        }

        if (Source.PartnerId.Length > 0 && !PartnerIds.IsValid(Source.PartnerId))
        {
            yield return (MigrationError.InvalidPartnerOnRecord, "the partner ID on record in the current subscription is not valid");
        }

        if (Source.EndOfTerm - context.Now < LastDay && !Request.PurchasesFullTerm)
        {
            yield return (MigrationError.LastDayNeedsFullTerm, "it is less than 24 hours from the term end, when only a full term can be purchased");
        }
    }

    private (MigrationError Code, string Description)? TermEndError(CustomerContext context, DateTimeOffset end)
    {
        var today = TermCalendar.Day(context.Now);
        return !TermEndDates.IsWithin(today, Term, end) ? (MigrationError.TermEndOutside, "the custom term end date must be within the first term duration")
            : TermEndDates.IsAllowed(context.Account, today, Term, end) ? null
            : (MigrationError.TermEndNotAligned, "the custom term end date matches neither the end date of an active subscription nor the end of a calendar month");
    }

    // Without a new term the current one continues; a shorter term ends on the same day of the next month or year.
    private DateTimeOffset End(DateTimeOffset today)
    {
        if (Request.TermEnd is { } end)
        {
            return end;
        }

        if (Request.PurchasesFullTerm)
        {
            return Words.Terms.Has(Term) ? TermCalendar.LastDay(today, Term) : Source.CommitmentEndDate;
        }

        var months = 0;
        if (Term == "P1M")
        {
            while (Source.CommitmentEndDate.AddMonths(-months - 1) > today)
            {
                months++;
            }
        }

        return Source.CommitmentEndDate.AddMonths(-months);
    }
}
