using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>Customers whose products were retired, or are no longer sold, and whose subscriptions end or renew in thirty days; named after the case.</summary>
internal sealed class Retired : CaseScenario
{
    private const int Seats = 10;
    private const int Holders = 6;
    private const int DaysLeft = 30;
    private const string NextAvailability = "CFQ7TTC0SBA1";

    private static readonly ProductSku RetiredPlan = Sku("CFQ7TTC0SB0Q:0001");
    private static readonly ProductSku Withdrawn = Sku("CFQ7TTC0SB0J:0001");
    private static readonly ProductSku Capacity = Sku("CFQ7TTC0SB0P:0001");
    private static readonly ProductSku Current = Sku("CFQ7TTC0SB0H:0001");

    protected override IReadOnlyList<CustomerCase> Table { get; } =
    [
        new("Retired and ending", "A retired product of new commerce that does not renew.", builder => Source(builder, RetiredPlan, autoRenew: false)),
        new("Retired and renewing", "A retired product of new commerce that the service renews.", builder => Source(builder, RetiredPlan, autoRenew: true)),
        new("Retired legacy offer, renewing", "A retired legacy offer that the service renews.", builder =>
            builder.Holders(builder.Legacy(OfferIds.OfficeE4, Seats, DaysLeft, autoRenew: true).Sku, Holders)),
        new("No longer on sale, renewing", "A product that no catalog sells any longer, and that the service renews.", builder => Source(builder, Withdrawn, autoRenew: true)),
        new("On sale, renewing", "A product that is sold as before, and that the service renews.", builder => Source(builder, Current, autoRenew: true)),
        new("Retired, renewing as another", "A retired product that is scheduled already to become another at its renewal.", builder =>
            builder.Schedule(
                Source(builder, RetiredPlan, autoRenew: true),
                autoRenew: true,
                new ScheduledAction(ScheduledActionType.RenewToNewTerm, new NextTerm(Current, NextAvailability, Current.Terms[1], Seats)))),
        new("Replaced by no license", "A retired capacity that does not renew, and that no license replaces.", builder => builder.NewCommerce(Capacity, seats: 1, "P1Y")),
    ];

    public override string Name => "retired";

    public override string Description => $"{Table.Count} customers whose products were retired, or are no longer sold, and whose subscriptions end or renew.";

    private static Subscription Source(AccountBuilder builder, ProductSku sku, bool autoRenew)
    {
        var source = builder.NewCommerce(sku, Seats, "P1Y", DaysLeft, autoRenew);
        _ = builder.Holders(source.Sku, Holders);
        return source;
    }

    private static ProductSku Sku(string name) => ProductCatalog.Instance.FindSku(name)!;
}
