using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>A line item as a client wrote it.</summary>
internal sealed class LegacyOrderLine
{
    public int Number { get; private init; }

    public string OfferId { get; private init; } = "";

    public int Quantity { get; private init; }

    public string? FriendlyName { get; private init; }

    public string? SubscriptionId { get; private init; }

    public string? ParentId { get; private init; }

    public string? PartnerId { get; private init; }

    public static IReadOnlyList<LegacyOrderLine> Read(JsonBody body)
    {
        var lines = body.Objects("lineItems").Select((item, index) => Read(item, index)).ToList();
        return lines.Select(line => line.Number).Distinct().Count() == lines.Count
            ? lines
            : throw Refuse.InvalidProperty("LineItemNumber", "two line items have the same.");
    }

    /// <summary>False for a line that only repeats one the order has.</summary>
    public bool IsAdditionTo(Order order) => SubscriptionId == null && !order.Lines.Any(Repeats);

    private static LegacyOrderLine Read(JsonBody item, int index) => new()
    {
        Number = item.Whole("lineItemNumber") ?? index,
        OfferId = item.Text("offerId") ?? throw Refuse.InvalidProperty("OfferId", "a line item has none."),
        Quantity = item.Whole("quantity") ?? 0,
        FriendlyName = Text(item, "friendlyName"),
        SubscriptionId = Text(item, "subscriptionId"),
        ParentId = Text(item, "parentSubscriptionId"),
        PartnerId = Text(item, "partnerIdOnRecord"),
    };

    private static string? Text(JsonBody item, string name) => item.Text(name) is { Length: > 0 } text ? text : null;

    private bool Repeats(OrderLine line) =>
        line.Number == Number && Same.Text(line.OfferId, OfferId) && Same.Text(line.Subscription.ParentId, ParentId);
}
