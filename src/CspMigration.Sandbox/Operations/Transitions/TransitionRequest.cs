using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>A transition as a client sent it.</summary>
internal sealed class TransitionRequest
{
    public string ToCatalogItemId { get; private init; } = "";

    /// <summary>The existing subscription that gets the seats; null for none.</summary>
    public string? ToSubscriptionId { get; private init; }

    public int Quantity { get; private init; }

    /// <summary>Null for the source's own.</summary>
    public string? Term { get; private init; }

    /// <summary>Null for the source's own.</summary>
    public string? BillingCycle { get; private init; }

    public string Type { get; private init; } = "";

    public string? PromotionId { get; private init; }

    /// <exception cref="ServiceException">A required member is missing, or a member is not valid.</exception>
    public static TransitionRequest Read(JsonBody body, Subscription source)
    {
        if (body.NonEmptyText("fromSubscriptionId") is { } from && !AnyCase.AreEqual(from, source.Id))
        {
            throw Refusals.InvalidProperty("fromSubscriptionId", $"{from} is not the subscription in the path.");
        }

        if (body.NonEmptyText("fromCatalogItemId") is { } item && !AnyCase.AreEqual(item, source.OfferId))
        {
            throw Refusals.InvalidProperty("fromCatalogItemId", $"the subscription is one of {source.OfferId}.");
        }

        return new TransitionRequest
        {
            ToCatalogItemId = body.NonEmptyText("toCatalogItemId") ?? throw Refusals.InvalidProperty("toCatalogItemId", "it is missing."),
            ToSubscriptionId = body.NonEmptyText("toSubscriptionId"),
            Quantity = body.Whole("quantity") ?? throw Refusals.InvalidProperty("quantity", "it is missing."),
            Term = ReadTerm(body),
            BillingCycle = ReadBillingCycle(body),
            Type = body.Word("transitionType", TransitionEligibility.Types) ?? throw Refusals.InvalidProperty("transitionType", "it is missing."),
            PromotionId = body.NonEmptyText("promotionId"),
        };
    }

    private static string? ReadTerm(JsonBody body)
    {
        var text = body.NonEmptyText("termDuration");
        return text == null ? null : Words.Terms.Find(text) ?? throw Refusals.TransitionTerm();
    }

    private static string? ReadBillingCycle(JsonBody body)
    {
        var text = BillingCycles.Read(body);
        return text == null || Words.BillingCycles.Has(text) ? text : throw Refusals.TransitionBillingCycle();
    }
}
