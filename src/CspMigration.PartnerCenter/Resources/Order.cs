using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>An order (docs/partner-center.md §8).</summary>
internal sealed class Order
{
    private Order(ResourceReader json)
    {
        Id = json.RequiredId<IdKind.Order>("id");
        CreatedOn = json.Date("creationDate");
        IsCancelled = ServiceWord.Is(json.Text("status"), "cancelled") || ServiceWord.Is(json.Text("status"), "canceled");
        LineItems = [.. json.Resources("lineItems").Select(OrderLineItem.Read)];
    }

    public OrderId Id { get; }

    /// <summary>When it was made; null where the service does not say.</summary>
    public DateTimeOffset? CreatedOn { get; }

    /// <summary>Whether it has come to nothing.</summary>
    public bool IsCancelled { get; }

    public IReadOnlyList<OrderLineItem> LineItems { get; }

    public static Order Read(ResourceReader json) => new(json);
}
