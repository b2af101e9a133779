using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>An order with its lines; each line has a subscription.</summary>
internal sealed class Order
{
    private const int ShortIdLength = 12;

    public string Id { get; init; } = "";

    public Commerce Commerce { get; init; }

    /// <summary>False for what the scenario set up.</summary>
    public bool WasPlacedHere { get; init; }

    public string BillingCycle { get; set; } = "";

    public DateTimeOffset CreatedOn { get; init; }

    /// <summary>When the list of orders shows it.</summary>
    public DateTimeOffset ListedFrom { get; init; }

    public int Version { get; set; } = 1;

    public List<OrderLine> Lines { get; } = [];

    public int NextLineNumber => Lines.Count == 0 ? 0 : Lines.Max(line => line.Number) + 1;

    /// <summary>The id of an order: a GUID in legacy commerce, twelve hexadecimal digits in new commerce.</summary>
    public static string IdOf(Commerce commerce, string id) =>
        commerce == Commerce.Legacy ? id : id.Replace("-", "").Substring(0, ShortIdLength);
}
