using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Planning;

/// <summary>Names the targets to choose from where one cannot be had, with what buys the first.</summary>
internal sealed class TargetAdvice
{
    private readonly PlanningContext _context;
    private readonly SaleFinder _sales;

    public TargetAdvice(PlanningContext context, SaleFinder sales)
    {
        _context = context;
        _sales = sales;
    }

    /// <summary>Those of the map that are on sale for the customer, after a look into the catalog.</summary>
    /// <param name="refused">The target that cannot be had; null where there is none.</param>
    /// <param name="seats">The customer's seats of a target in all after the purchase, for the seat tiers.</param>
    /// <param name="cases">The sources; none for a purchase without one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Remedy> OnSaleAsync(SkuTarget? refused, int seats, IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var other in Others(refused, cases))
        {
            if (await _sales.IsOnSaleAsync(other, seats, cancellationToken).ConfigureAwait(false))
            {
                found.Add(other.Name);
            }
        }

        return found.Count > 0
            ? Remedies.BuyOtherOnSale(new PurchaseCommandRemedies(_context.View.CustomerId, cases, _context.Options).Toward(found))
            : Remedies.ChooseFromOffers(UserCommands.ListOffers(_context.View.CustomerId));
    }

    /// <summary>Those of the map, without a look into the catalog; whether they are on sale shows when one is tried. Null where there is none.</summary>
    public static Remedy? OfMap(SkuTarget? refused, IReadOnlyList<MigrationCase> cases, PurchaseCommandRemedies line)
    {
        var names = Others(refused, cases).Select(target => target.Name).ToList();
        return names.Count == 0 ? null : Remedies.BuyOther(line.Toward(names));
    }

    // Qualified offers are for those who name them of their own accord (docs/rules.md, rule 4).
    private static IEnumerable<SkuTarget> Others(SkuTarget? refused, IEnumerable<MigrationCase> cases)
    {
        return cases.SelectMany(source => source.Row.Targets).Where(target => !target.IsQualified && !Names.AreSame(target.Name, refused?.Name))
            .GroupBy(target => target.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First());
    }
}
