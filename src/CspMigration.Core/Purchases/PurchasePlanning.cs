using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Purchases;

/// <summary>What is to be done for the rows of one customer.</summary>
public sealed class PurchasePlanning
{
    internal PurchasePlanning()
    {
    }

    /// <summary>The purchases to make, and those found made already.</summary>
    public IReadOnlyList<PurchasePlan> Plans { get; internal init; } = [];

    /// <summary>Rows that cannot be served, with the reason.</summary>
    public IReadOnlyList<KeyValuePair<ExpiringSubscription, CspMigrationException>> Failures { get; internal init; } = [];

    /// <summary>Rows the map has nothing for, where no target was named, each with what it would fail with if it were asked for alone.</summary>
    public IReadOnlyList<KeyValuePair<ExpiringSubscription, CspMigrationException>> Unmapped { get; internal init; } = [];

    /// <summary>All sources with what their checks found; empty where only the plans are known.</summary>
    internal IReadOnlyList<MigrationCase> Cases { get; init; } = [];

    /// <summary>All rows that nothing is done for.</summary>
    public IReadOnlyList<KeyValuePair<ExpiringSubscription, CspMigrationException>> Blocked => [.. Failures, .. Unmapped];
}
