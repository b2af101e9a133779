using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>Reads the lines of a cart as a client wrote them.</summary>
internal static class CartLines
{
    private const string Reseller = "transaction_reseller";

    public static IReadOnlyList<CartLine> Read(JsonBody body)
    {
        var lines = body.Objects("lineItems").Select((item, index) => Read(item, index)).ToList();
        if (lines.Count == 0)
        {
            throw Refuse.BadInput("The cart has no line items.");
        }

        var ids = lines.SelectMany(line => line.AddOns.Prepend(line)).Select(line => line.Id).ToList();
        return ids.Distinct().Count() == ids.Count ? lines : throw Refuse.InvalidProperty("id", "two line items have the same.");
    }

    private static CartLine Read(JsonBody item, int index) => new()
    {
        Id = item.Whole("id") ?? index,
        CatalogueItemId = item.Text("catalogItemId") ?? throw Refuse.InvalidProperty("catalogItemId", "a line item has none."),
        FriendlyName = item.Text("friendlyName"),
        Quantity = item.Whole("quantity") ?? 0,
        Term = item.Text("termDuration"),
        BillingCycle = item.Text("billingCycle") ?? "monthly",
        PartnerId = item.Objects("participants").FirstOrDefault(participant => Same.Text(participant.Text("key"), Reseller))?.Text("value"),
        PromotionId = item.Text("promotionId"),
        TermEnd = item.Text("customTermEndDate") is { } date ? Day(date) : null,
        ParentId = item.Object("provisioningContext")?.Text("parentSubscriptionId"),
        AddOns = item.Objects("addonItems").Select((addOn, number) => Read(addOn, index + number + 1)).ToList(),
    };

    private static DateTimeOffset Day(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            ? TermCalendar.Day(day)
            : throw Refuse.InvalidProperty("customTermEndDate", $"{text} is not a date.");
}
