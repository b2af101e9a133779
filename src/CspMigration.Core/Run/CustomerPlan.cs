using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;

namespace CspMigration.Core.Run;

/// <summary>What a run is to do for one customer.</summary>
internal sealed class CustomerPlan
{
    /// <param name="rows">The customer's sources.</param>
    /// <param name="settled">Those of them whose migration is finished.</param>
    /// <param name="planning">What is to be bought for the others.</param>
    public CustomerPlan(IReadOnlyList<ExpiringSubscription> rows, IReadOnlyList<ExpiringSubscription> settled, PurchasePlanning planning)
    {
        Rows = rows;
        Settled = settled;
        Planning = planning;
    }

    public IReadOnlyList<ExpiringSubscription> Rows { get; }

    public IReadOnlyList<ExpiringSubscription> Settled { get; }

    public PurchasePlanning Planning { get; }

    /// <summary>The groups whose license is exchanged, by id, each with its number of members.</summary>
    public IReadOnlyDictionary<GroupId, int> Groups { get; init; } = new Dictionary<GroupId, int>();

    public CustomerId CustomerId => Rows[0].Customer;

    public string CustomerText => $"{Rows[0].CustomerName} ({CustomerId})";
}
