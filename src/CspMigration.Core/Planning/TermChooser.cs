using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Chooses term and billing cycle; they default to the source's (docs/rules.md, rule 6).</summary>
internal sealed class TermChooser
{
    private readonly PlanningContext _context;
    private readonly PurchaseOptions _options;

    public TermChooser(PlanningContext context)
    {
        _context = context;
        _options = context.Options;
    }

    /// <summary>Chooses; a legacy source without a term gives a year.</summary>
    /// <param name="sale">What is on sale.</param>
    /// <param name="source">The source; null without one.</param>
    /// <param name="line">The command that buys in another way.</param>
    /// <param name="defaultCycle">The billing cycle where neither user nor source has one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException">
    /// <c>TargetNotOnSale</c>: not for that term and cycle, with those it is sold for; <c>CartLineRefused</c>: a cart would
    /// be refused for the day on which the term shall end.
    /// </exception>
    public async Task<(string Term, string Cycle)> ChooseAsync(
        Sale sale, MigrationCase? source, PurchaseCommandRemedies line, CancellationToken cancellationToken, string? defaultCycle = null)
    {
        // A trial has one cycle and one term: there is nothing to choose.
        var only = sale.Offer is { IsTrial: true } trial ? trial : null;
        var cycle = _options.BillingCycle ?? OwnCycle(source) ?? defaultCycle ?? only?.BillingCycles.FirstOrDefault() ?? "monthly";
        var own = source?.Subscription is { IsTrial: false } subscription ? subscription.TermDuration : null;
        var term = _options.Term ?? own ?? only?.Terms.FirstOrDefault() ?? Purchase.DefaultTerm;

        // A legacy offer has one term, as a rule a year (docs/partner-center.md §7 and §16).
        var legacyTerm = sale.Offer.Terms.FirstOrDefault() ?? Purchase.DefaultTerm;
        var fits = sale.NewCommerce is { } newCommerce
            ? newCommerce.CatalogItemId(term, cycle) is not null
            : ServiceWord.Is(term, legacyTerm)
                && (sale.Offer.BillingCycles.Count == 0 || sale.Offer.BillingCycles.Contains(cycle, StringComparer.OrdinalIgnoreCase));
        if (!fits)
        {
            throw PartnerCenterErrors.TargetNotOnSale.Exception($"{sale.Offer.Name} is not sold for {term} billed {cycle}.", remedy: Sold(sale, legacyTerm, line));
        }

        await CheckEndAsync(sale, term, line, cancellationToken).ConfigureAwait(false);
        return (term, cycle.ToLowerInvariant());
    }

    // The day must be in the future, within the term, and the end of a month or of another subscription; a cart would say so
    // only after the prompt.
    private async Task CheckEndAsync(Sale sale, string term, PurchaseCommandRemedies line, CancellationToken cancellationToken)
    {
        if (_options.TermEndDate is not { } asked)
        {
            return;
        }

        if (sale.NewCommerce is null)
        {
            throw PartnerCenterErrors.TargetNotOnSale.Exception(
                $"{sale.Offer.Name} is a legacy offer: its term cannot be made to end on a chosen day.", remedy: Remedies.LeaveOutTermEnd(line.ThroughNewCommerce()));
        }

        var today = _context.Operation.Time.GetUtcNow().UtcDateTime.Date;
        var day = asked.UtcDateTime.Date;
        var last = TermLength.LastDay(today, term);
        if (day > today && !(day > last))
        {
            if (day != last && !IsMonthEnd(day))
            {
                await CheckAlignmentAsync(sale, day, last, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        var days = last is { } end ? $"a day from {UtcDay.Of(today.AddDays(1))} to {UtcDay.Of(end)}" : "a later day";
        throw PartnerCenterErrors.CartLineRefused.Exception(
            $"The term of {sale.Offer.Name} cannot end on {UtcDay.Of(day)}: that day is {(day > today ? $"beyond the term {term}" : "not in the future")}.",
            remedy: _options.IsApproved ? Remedies.PlanTermEnd(days) : Remedies.NameTermEnd(days));
    }

    private static bool IsMonthEnd(DateTime day) => day.AddDays(1).Day == 1;

    private async Task CheckAlignmentAsync(Sale sale, DateTime day, DateTime? last, CancellationToken cancellationToken)
    {
        var subscriptions = await _context.View.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var ends = subscriptions
            .Where(subscription => subscription is { IsActive: true, IsTrial: false, Commerce: CommerceKind.NewCommerce })
            .Select(subscription => subscription.CommitmentEnd?.UtcDateTime.Date)
            .OfType<DateTime>()
            .Where(end => !(end > last))
            .Distinct()
            .OrderBy(end => end)
            .ToList();
        if (ends.Contains(day))
        {
            return;
        }

        var others = ends.Count == 0 ? "" : $" or {string.Join(", ", ends.Select(end => UtcDay.Of(end)))}";
        var until = last is { } end ? $" until {UtcDay.Of(end)}" : "";
        var days = $"the last day of a month{until}{others}";
        throw PartnerCenterErrors.CartLineRefused.Exception(
            $"The term of {sale.Offer.Name} cannot end on {UtcDay.Of(day)}: that day is neither the last of a month nor the end of another active new-commerce subscription of the customer.",
            remedy: _options.IsApproved ? Remedies.PlanTermEnd(days) : Remedies.NameTermEnd(days));
    }

    // What can be asked for, as it is pasted; null where that is nothing.
    private static Remedy? Sold(Sale sale, string legacyTerm, PurchaseCommandRemedies line)
    {
        var pairs = sale.NewCommerce?.Terms ?? sale.Offer.BillingCycles.Select(cycle => new AvailabilityTerm(legacyTerm, cycle));
        var sold = pairs.Where(pair => ServiceWord.Is(pair.BillingCycle, "monthly") || ServiceWord.Is(pair.BillingCycle, "annual"))
            .Select(pair => (pair.Duration, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(pair.BillingCycle.ToLowerInvariant())))
            .Distinct()
            .ToList();
        var isLegacy = sale.NewCommerce is null;
        return sold.Count == 0 && !isLegacy ? null : Remedies.BuyAsSold(line.Billed(sold, isLegacy));
    }

    // Trials and other free subscriptions have none to go by.
    private static string? OwnCycle(MigrationCase? source)
    {
        var cycle = source?.Subscription?.BillingCycle?.ToLowerInvariant();
        return cycle is "monthly" or "annual" or "biennial" or "triennial" ? cycle : null;
    }
}
