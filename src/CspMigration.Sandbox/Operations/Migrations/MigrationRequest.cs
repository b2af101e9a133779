using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>
/// The migration of one subscription as a client sent it. Empty texts and a quantity of zero mean "unchanged", because clients
/// that write whole objects cannot omit them.
/// </summary>
internal sealed class MigrationRequest
{
    public string SubscriptionId { get; private init; } = "";

    /// <summary>Null for the subscription's own.</summary>
    public int? Quantity { get; private init; }

    /// <summary>Null for one year.</summary>
    public string? Term { get; private init; }

    /// <summary>Null for the subscription's own.</summary>
    public string? BillingCycle { get; private init; }

    /// <summary>Whether a new term begins; otherwise the current one continues.</summary>
    public bool PurchasesFullTerm { get; private init; }

    public DateTimeOffset? TermEnd { get; private init; }

    /// <summary>A client's own id for a batch of migrations.</summary>
    public string? ExternalReferenceId { get; private init; }

    /// <summary>A flat list, which includes add-ons of add-ons.</summary>
    public IReadOnlyList<MigrationRequest> AddOns { get; private init; } = [];

    /// <summary>The migration of an add-on that the request does not list.</summary>
    public static MigrationRequest Unchanged(string subscriptionId) => new() { SubscriptionId = subscriptionId };

    public static MigrationRequest Read(JsonBody body)
    {
        var quantity = body.Whole("quantity");
        return new MigrationRequest
        {
            SubscriptionId = body.NonEmptyText("currentSubscriptionId") ?? throw Refusals.InvalidProperty("currentSubscriptionId", "it is missing."),
            Quantity = quantity == 0 ? null : quantity,
            Term = body.NonEmptyText("termDuration")?.ToUpperInvariant(),
            BillingCycle = BillingCycles.Read(body),
            PurchasesFullTerm = body.Flag("purchaseFullTerm") ?? false,
            TermEnd = body.Moment("customTermEndDate") is { } end ? TermCalendar.Day(end) : null,
            ExternalReferenceId = body.NonEmptyText("externalReferenceId"),

            // The documentation has one name for both; the .NET SDK sends the other one for schedules.
            AddOns = body.Objects("addOnMigrations").Concat(body.Objects("addOnMigrationSchedules")).Select(Read).ToList(),
        };
    }

    /// <summary>The same request with a new term.</summary>
    public MigrationRequest WithFullTerm() => new()
    {
        SubscriptionId = SubscriptionId,
        Quantity = Quantity,
        Term = Term,
        BillingCycle = BillingCycle,
        PurchasesFullTerm = true,
        TermEnd = TermEnd,
        ExternalReferenceId = ExternalReferenceId,
        AddOns = AddOns.Select(addOn => addOn.WithFullTerm()).ToList(),
    };
}
