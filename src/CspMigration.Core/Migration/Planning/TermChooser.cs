using System;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Migration.Planning;

/// <summary>Chooses term and billing cycle; they default to the source's (design rule 6).</summary>
internal sealed class TermChooser
{
    private readonly PurchaseOptions _options;

    public TermChooser(PurchaseOptions options) => _options = options;

    /// <summary>Chooses; a legacy source without a term gives a year.</summary>
    /// <param name="sale">What is on sale.</param>
    /// <param name="source">The source; null without one.</param>
    /// <param name="defaultCycle">The billing cycle where neither user nor source has one.</param>
    /// <exception cref="CspMigrationException"><c>TargetNotOnSale</c>: not for that term and cycle, with those it is sold for.</exception>
    public (string Term, string Cycle) Choose(Sale sale, MigrationCase? source, string? defaultCycle = null)
    {
        // A trial has one cycle and one term: there is nothing to choose.
        var only = sale.Offer is { IsTrial: true } trial ? trial : null;
        var cycle = _options.BillingCycle ?? OwnCycle(source) ?? defaultCycle ?? only?.BillingCycles.FirstOrDefault() ?? "monthly";
        var own = source?.Subscription is { IsTrial: false } subscription ? subscription.TermDuration : null;
        var term = _options.Term ?? own ?? only?.Terms.FirstOrDefault() ?? Purchase.DefaultTerm;

        // A legacy offer has one term, as a rule a year (API docs §7 and §16).
        var legacyTerm = sale.Offer.Terms.FirstOrDefault() ?? Purchase.DefaultTerm;
        var fits = sale.NewCommerce is { } newCommerce
            ? newCommerce.CatalogItemId(term, cycle) is not null
            : CustomerView.Same(term, legacyTerm)
                && (sale.Offer.BillingCycles.Count == 0 || sale.Offer.BillingCycles.Contains(cycle, StringComparer.OrdinalIgnoreCase));
        if (!fits)
        {
            var sold = sale.NewCommerce is { } terms
                ? terms.Terms.Select(pair => pair.ToString()).Distinct()
                : sale.Offer.BillingCycles.Select(word => $"{legacyTerm} billed {word}");
            throw ErrorCatalog.TargetNotOnSale.Exception(
                $"{sale.Offer.Name} is not sold for {term} billed {cycle}.",
                action: $"It is sold {string.Join("; ", sold)}: choose with -Term and -BillingCycle{(sale.NewCommerce is null ? ", or with -Commerce New among other terms" : "")}.");
        }

        if (_options.TermEndDate is not null && sale.NewCommerce is null)
        {
            throw ErrorCatalog.TargetNotOnSale.Exception(
                $"{sale.Offer.Name} is a legacy offer: its term cannot be made to end on a chosen day.", action: "Leave -TermEndDate out, or buy with -Commerce New.");
        }

        return (term, cycle.ToLowerInvariant());
    }

    // Trials and other free subscriptions have none to go by.
    private static string? OwnCycle(MigrationCase? source)
    {
        var cycle = source?.Subscription?.BillingCycle?.ToLowerInvariant();
        return cycle is "monthly" or "annual" or "biennial" or "triennial" ? cycle : null;
    }
}
