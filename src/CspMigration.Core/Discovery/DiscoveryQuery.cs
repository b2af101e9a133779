using System;
using System.Collections.Generic;

namespace CspMigration.Core.Discovery;

/// <summary>Which subscriptions to look for.</summary>
public sealed class DiscoveryQuery
{
    /// <summary>Customers by id, company name or domain (wildcards allowed); null for all.</summary>
    public IReadOnlyList<string>? Customers { get; set; }

    /// <summary>Customers to leave out, by id, company name or domain (wildcards allowed).</summary>
    public IReadOnlyList<string> ExcludedCustomers { get; set; } = [];

    /// <summary>The latest end of term that counts, UTC.</summary>
    public DateTimeOffset Before { get; set; }

    /// <summary>Products by offer id, offer name, or family or source of the SKU map (wildcards allowed); empty for all.</summary>
    public IReadOnlyList<string> Products { get; set; } = [];

    /// <summary>Also those the service will renew.</summary>
    public bool IncludeAutoRenew { get; set; }

    /// <summary>Also those the service will renew although their SKU is retired, by the map, or no longer on sale in the customer's country.</summary>
    public bool IncludeRetired { get; set; }

    /// <summary>Also trials.</summary>
    public bool IncludeTrial { get; set; }

    /// <summary>Also units in the tenants that were bought through another channel.</summary>
    public bool IncludeOtherChannel { get; set; }

    /// <summary>Which part of the customers to look through; null for all of them.</summary>
    public CustomerShard? Shard { get; set; }

    /// <summary>How many customers are read at once.</summary>
    public int CustomersAtOnce { get; set; } = 32;
}
