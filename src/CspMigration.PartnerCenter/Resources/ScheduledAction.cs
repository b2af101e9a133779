using System;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>
/// What is scheduled for the end of a subscription's term (docs/partner-center.md §17). Both shapes, an array and one object, and both
/// spellings are read; one is written.
/// </summary>
internal sealed class ScheduledAction
{
    /// <summary>The member of a subscription that has it.</summary>
    public const string Member = "scheduledActions";

    /// <summary>The older form of <see cref="ScheduledActionKind.RenewToNewTerm"/>.</summary>
    public const string OlderMember = "scheduledNextTermInstructions";

    private const string TermEnd = "TermEnd";

    private ScheduledAction(ScheduledActionKind kind, JObject? instructions)
    {
        Kind = kind;
        Instructions = instructions;
    }

    /// <summary>The subscription ends for good.</summary>
    public static ScheduledAction Cancel { get; } = new(ScheduledActionKind.Cancel, instructions: null);

    /// <summary>The subscription goes on month by month at a surcharge.</summary>
    public static ScheduledAction Extension { get; } = new(ScheduledActionKind.RenewToExtendedServiceTerm, instructions: null);

    public ScheduledActionKind Kind { get; }

    /// <summary>The next term; null for other kinds.</summary>
    public JObject? Instructions { get; }

    /// <summary>The product of the next term as <c>product:sku</c>; null where none is named.</summary>
    public CatalogItemId? ProductSku => ProductText("productId") is { } product && ProductText("skuId") is { } sku ? CatalogItemId.Of(product, sku) : null;

    /// <summary>The seats of the next term; null where none are named.</summary>
    public int? Quantity => Instructions?.GetValue("quantity", StringComparison.OrdinalIgnoreCase) is { Type: JTokenType.Integer or JTokenType.Float or JTokenType.String } seats
        && int.TryParse(seats.ToString(), out var quantity) ? quantity : null;

    /// <summary>The subscription renews as something else.</summary>
    /// <param name="catalogItemId"><c>product:sku:availability</c>.</param>
    /// <param name="termDuration">The next term.</param>
    /// <param name="billingCycle">Its billing cycle.</param>
    /// <param name="quantity">Its seats.</param>
    public static ScheduledAction RenewTo(CatalogItemId catalogItemId, string? termDuration, string? billingCycle, int quantity)
    {
        return new ScheduledAction(ScheduledActionKind.RenewToNewTerm, new JObject
        {
            ["product"] = new JObject
            {
                ["productId"] = catalogItemId.Product ?? catalogItemId.ToString(),
                ["skuId"] = catalogItemId.Sku,
                ["availabilityId"] = catalogItemId.Availability,
                ["billingCycle"] = billingCycle,
                ["termDuration"] = termDuration,
            },
            ["quantity"] = quantity,
        });
    }

    /// <summary>What a subscription has; null for nothing. Where both forms are there, the newer counts.</summary>
    public static ScheduledAction? Of(ResourceReader subscription)
    {
        // A change on a day of its own is none of the end of the term, and no less a decision of someone.
        foreach (var action in subscription.Resources(Member))
        {
            var schedule = action.Text("scheduleType") ?? action.Text("scheduledType");
            var kind = Same(schedule, TermEnd) && Enum.TryParse<ScheduledActionKind>(action.Text("actionType"), ignoreCase: true, out var known) ? known : ScheduledActionKind.Other;
            return new ScheduledAction(kind, kind == ScheduledActionKind.RenewToNewTerm && action.Resource("instructions") is { } instructions ? (JObject)instructions.Json.DeepClone() : null);
        }

        return subscription.Resource(OlderMember) is { } older ? new ScheduledAction(ScheduledActionKind.RenewToNewTerm, (JObject)older.Json.DeepClone()) : null;
    }

    /// <summary>The same from what the journal keeps.</summary>
    public static ScheduledAction Of(ScheduledActionKind kind, JObject? instructions) => new(kind, instructions);

    /// <summary>The same with other seats in the next term.</summary>
    public ScheduledAction WithQuantity(int quantity)
    {
        var instructions = (JObject?)Instructions?.DeepClone();
        if (instructions is not null)
        {
            ServiceJson.Set(instructions, "quantity", quantity);
        }

        return new ScheduledAction(Kind, instructions);
    }

    /// <summary>Whether another does the same, whatever availability of its product it names: those change.</summary>
    public bool IsSameAs(ScheduledAction? other)
    {
        return other?.Kind == Kind && Nullable.Equals(ProductSku, other.ProductSku) && Quantity == other.Quantity
            && Same(ProductText("termDuration"), other.ProductText("termDuration")) && Same(ProductText("billingCycle"), other.ProductText("billingCycle"));
    }

    /// <summary>As it is sent.</summary>
    public JArray ToJson()
    {
        var action = new JObject { ["scheduleType"] = TermEnd, ["actionType"] = Kind.ToString() };
        if (Instructions is not null)
        {
            action["instructions"] = Instructions.DeepClone();
        }

        return [action];
    }

    private string? ProductText(string name)
    {
        return (Instructions?.GetValue("product", StringComparison.OrdinalIgnoreCase) as JObject)?.GetValue(name, StringComparison.OrdinalIgnoreCase)?.ToString() is { Length: > 0 } text ? text : null;
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
