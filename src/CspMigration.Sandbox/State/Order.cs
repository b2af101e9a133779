using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>An order with its lines, each of which became a subscription.</summary>
internal sealed class Order
{
    private const int ShortIdLength = 12;

    public string Id { get; init; } = "";

    public Commerce Commerce { get; init; }

    /// <summary>False for what the scenario set up.</summary>
    public bool WasPlacedHere { get; init; }

    public string BillingCycle { get; set; } = "";

    public DateTimeOffset CreatedOn { get; init; }

    /// <summary>The list of orders runs behind.</summary>
    public DateTimeOffset ListedFrom { get; init; }

    public int Version { get; set; } = 1;

    public List<OrderLine> Lines { get; } = [];

    public int NextLineNumber => Lines.Count == 0 ? 0 : Lines.Max(line => line.Number) + 1;

    /// <summary>An order id as each commerce writes it: a GUID, or twelve hexadecimal digits.</summary>
    public static string IdOf(Commerce commerce, string id) =>
        commerce == Commerce.Legacy ? id : id.Replace("-", "").Substring(0, ShortIdLength);
}
