using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>
/// The migration of one subscription as a client wrote it. What is empty, and a quantity of zero, is left as it is: clients
/// that send whole objects cannot leave it out.
/// </summary>
internal sealed class MigrationRequest
{
    public string SubscriptionId { get; private init; } = "";

    /// <summary>Null for that of the subscription.</summary>
    public int? Quantity { get; private init; }

    /// <summary>Null for a year.</summary>
    public string? Term { get; private init; }

    /// <summary>Null for that of the subscription.</summary>
    public string? BillingCycle { get; private init; }

    /// <summary>Whether a new term begins; else the present one goes on.</summary>
    public bool PurchasesFullTerm { get; private init; }

    public DateTimeOffset? TermEnd { get; private init; }

    /// <summary>By which a client finds the migrations of one batch.</summary>
    public string? ExternalReferenceId { get; private init; }

    /// <summary>A flat list, whichever of them is an add-on of an add-on.</summary>
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

            // Migrations and schedules are documented with one name, the .NET SDK sends the other with schedules.
            AddOns = body.Objects("addOnMigrations").Concat(body.Objects("addOnMigrationSchedules")).Select(Read).ToList(),
        };
    }

    /// <summary>The same, with a new term.</summary>
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
