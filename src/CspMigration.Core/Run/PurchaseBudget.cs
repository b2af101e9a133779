using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;

namespace CspMigration.Core.Run;

/// <summary>How much a run may buy: what is over the limit is refused before it is bought.</summary>
internal sealed class PurchaseBudget
{
    private readonly int? _maximumPurchases;
    private readonly int? _maximumSeats;

    public PurchaseBudget(MigrationRunOptions options)
    {
        _maximumPurchases = options.MaximumPurchases;
        _maximumSeats = options.MaximumSeats;
    }

    /// <summary>Fails where purchases come to more. What takes the place of one of them later comes to no more than it.</summary>
    /// <exception cref="CspMigrationException"><c>RunLimitExceeded</c>.</exception>
    public void Check(IReadOnlyList<PurchasePlan> plans)
    {
        Check(plans.Sum(plan => plan.PurchaseCount), _maximumPurchases, "purchases", UserCommands.LimitPurchases());
        Check(plans.Sum(plan => plan.SeatCount), _maximumSeats, "seats", UserCommands.LimitSeats());
    }

    private static void Check(int needed, int? maximum, string what, Remedy limit)
    {
        if (needed > maximum)
        {
            throw ErrorCatalog.RunLimitExceeded.Exception(
                string.Format(CultureInfo.CurrentCulture, "The run would need {0} {1}; {2} allows {3}. Nothing was bought or changed, and nothing comes down the pipeline: no report is written.", needed, what, limit, maximum),
                remedy: Remedies.RaiseLimit(limit, needed));
        }
    }
}
