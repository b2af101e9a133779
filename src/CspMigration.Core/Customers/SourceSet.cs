using System;
using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Customers;

/// <summary>Sources, each of them once, whatever its record says besides its ids.</summary>
public sealed class SourceSet
{
    private readonly HashSet<(CustomerId, SourceKey?)> _keys = [];

    /// <summary>How many there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Adds a source; false where it is there already.</summary>
    public bool Add(ExpiringSubscription source)
    {
        _ = source ?? throw new ArgumentNullException(nameof(source));
        return _keys.Add((source.Customer, SourceEntry.KeyOf(source)));
    }
}
