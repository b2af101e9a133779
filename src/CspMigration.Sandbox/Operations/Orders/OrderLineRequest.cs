using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Orders;

/// <summary>A line item of an order as a client sent it.</summary>
internal sealed class OrderLineRequest
{
    public int Number { get; private init; }

    /// <summary>The id of a license-based offer, or <c>product:sku:availability</c>.</summary>
    public string OfferId { get; private init; } = "";

    public int Quantity { get; private init; }

    public string? FriendlyName { get; private init; }

    public string? SubscriptionId { get; private init; }

    public string? ParentId { get; private init; }

    public PartnersOfRecord Partners { get; private init; } = PartnersOfRecord.None;

    public string? Term { get; private init; }

    public DateTimeOffset? TermEnd { get; private init; }

    public string? PromotionId { get; private init; }

    public bool IsOfProduct => OfferId.IndexOf(':') >= 0;

    public static IReadOnlyList<OrderLineRequest> Read(JsonBody body)
    {
        var lines = body.Objects("lineItems").Select(ReadLine).ToList();
        return lines.Select(line => line.Number).Distinct().Count() == lines.Count
            ? lines
            : throw Refusals.InvalidProperty("LineItemNumber", "two line items have the same.");
    }

    /// <summary>False for a line that repeats one of the order.</summary>
    public bool IsAdditionTo(Order order) => SubscriptionId == null && !order.Lines.Any(Repeats);

    private static OrderLineRequest ReadLine(JsonBody item) => new()
    {
        Number = item.Whole("lineItemNumber") ?? throw Refusals.InvalidProperty("LineItemNumber", "a line item has none."),
        OfferId = item.NonEmptyText("offerId") ?? throw Refusals.InvalidProperty("OfferId", "a line item has none."),
        Quantity = item.Whole("quantity") ?? 0,
        FriendlyName = item.NonEmptyText("friendlyName"),
        SubscriptionId = item.NonEmptyText("subscriptionId"),
        ParentId = item.NonEmptyText("parentSubscriptionId"),
        Partners = PartnerIds.Read(item),
        Term = item.NonEmptyText("termDuration"),
        TermEnd = item.Moment("customTermEndDate"),
        PromotionId = item.NonEmptyText("promotionId"),
    };

    private bool Repeats(OrderLine line) =>
        line.Number == Number && AnyCase.AreEqual(line.OfferId, OfferId) && AnyCase.AreEqual(line.Subscription.ParentId, ParentId);
}
