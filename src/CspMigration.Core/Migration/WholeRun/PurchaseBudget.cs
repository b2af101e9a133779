using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Planning;

namespace CspMigration.Core.Migration.WholeRun;

/// <summary>How much a run may buy: what is over the limit is refused before it is bought.</summary>
internal sealed class PurchaseBudget
{
    private readonly object _gate = new();
    private readonly int? _maximumPurchases;
    private readonly int? _maximumSeats;
    private int _purchases;
    private int _seats;

    public PurchaseBudget(MigrationRunOptions options)
    {
        _maximumPurchases = options.MaximumPurchases;
        _maximumSeats = options.MaximumSeats;
    }

    /// <summary>Takes purchases into account, in place of others that are not made.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>RunLimitExceeded</c>: nothing has changed then.</exception>
    public void Reserve(IEnumerable<PurchasePlan> plans, PurchasePlan? insteadOf = null)
    {
        var added = plans.ToList();
        lock (_gate)
        {
            var purchases = _purchases + added.Sum(plan => plan.PurchaseCount) - (insteadOf?.PurchaseCount ?? 0);
            var seats = _seats + added.Sum(plan => plan.SeatCount) - (insteadOf?.SeatCount ?? 0);
            var then = insteadOf is null ? "Nothing was bought or changed, and nothing comes down the pipeline: no report is written." : "Nothing was bought.";
            Check(purchases, _maximumPurchases, "purchases", "-MaximumPurchases", then);
            Check(seats, _maximumSeats, "seats", "-MaximumSeats", then);
            (_purchases, _seats) = (purchases, seats);
        }
    }

    private static void Check(int needed, int? maximum, string what, string parameter, string then)
    {
        if (needed > maximum)
        {
            throw ErrorCatalog.RunLimitExceeded.Exception(
                string.Format(CultureInfo.CurrentCulture, "The run would need {0} {1}; {2} allows {3}. {4}", needed, what, parameter, maximum, then),
                action: string.Format(
                    CultureInfo.InvariantCulture, "Look at the plan with -WhatIf and without the limit. Then migrate fewer customers at once, or raise the limit: {0} {1}", parameter, needed));
        }
    }
}
