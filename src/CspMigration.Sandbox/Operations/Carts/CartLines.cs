using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Carts;

/// <summary>Reads the lines of a cart as a client wrote them.</summary>
internal static class CartLines
{
    public static IReadOnlyList<CartLine> Read(JsonBody body)
    {
        var lines = body.Objects("lineItems").Select((item, index) => Read(item, index)).ToList();
        if (lines.Count == 0)
        {
            throw Refusals.BadInput("The cart has no line items.");
        }

        var ids = lines.SelectMany(line => line.AddOns.Prepend(line)).Select(line => line.Id).ToList();
        return ids.Distinct().Count() == ids.Count ? lines : throw Refusals.InvalidProperty("id", "two line items have the same.");
    }

    private static CartLine Read(JsonBody item, int index) => new()
    {
        Id = item.Whole("id") ?? index,
        CatalogItemId = item.NonEmptyText("catalogItemId") ?? throw Refusals.InvalidProperty("catalogItemId", "a line item has none."),
        FriendlyName = item.NonEmptyText("friendlyName"),
        Quantity = item.Whole("quantity") ?? 0,
        Term = item.NonEmptyText("termDuration")?.ToUpperInvariant(),
        BillingCycle = item.Word("billingCycle", Words.BillingCycles) is { } cycle && cycle != "unknown" ? cycle : "monthly",
        Partners = PartnerIds.ReadParticipants(item),
        PromotionId = item.NonEmptyText("promotionId"),
        TermEnd = item.Moment("customTermEndDate") is { } end ? TermCalendar.Day(end) : null,
        ParentId = item.Object("provisioningContext")?.NonEmptyText("parentSubscriptionId"),
        AddOns = item.Objects("addonItems").Select((addOn, number) => Read(addOn, index + number + 1)).ToList(),
    };
}
