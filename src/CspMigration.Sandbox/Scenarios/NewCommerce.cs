using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>One customer for each way in which a subscription of new commerce can become another, or end; named after the case.</summary>
internal sealed class NewCommerce : CaseScenario
{
    private const int Seats = 10;
    private const int Holders = 6;

    private static readonly ProductSku Plain = Sku("CFQ7TTC0SB0F:0001");
    private static readonly ProductSku Upgradable = Sku("CFQ7TTC0SB0K:0001");
    private static readonly ProductSku InPart = Sku("CFQ7TTC0SB0L:0001");
    private static readonly ProductSku AtRenewal = Sku("CFQ7TTC0SB0M:0001");
    private static readonly ProductSku ToWithdrawn = Sku("CFQ7TTC0SB0N:0001");

    protected override IReadOnlyList<CustomerCase> Table { get; } =
    [
        new("Transition of all seats", "The service changes all ten seats at once, and moves the licenses.", builder => Source(builder, Upgradable)),
        new("Transition in part", "The service changes five of ten seats only.", builder => Source(builder, InPart)),
        new("Renewal only", "The target is possible at the renewal only.", builder => Source(builder, AtRenewal)),
        new("Neither", "The service offers neither a transition nor another renewal.", builder => Source(builder, Plain)),
        new("Extension pending", "The service has scheduled the paid extension already.", builder =>
            builder.Schedule(Source(builder, Plain), autoRenew: false, ScheduledAction.Extension)),
        new("Cancellation set", "Somebody has had it canceled at the end of its term already.", builder =>
            builder.Schedule(Source(builder, Plain), autoRenew: false, new ScheduledAction(ScheduledActionType.Cancel))),
        new("Cancellation dropped", "The service accepts scheduled actions for this customer, and drops them.", builder =>
        {
            builder.Account.DropsSchedules = true;
            _ = Source(builder, Plain);
        }),
        new("Pool of two", "Two subscriptions of ten seats each, and fourteen users: the service does not move licenses, because it is unclear whose they are.", builder =>
        {
            _ = builder.NewCommerce(Upgradable, Seats, "P1Y");
            _ = builder.Holders(builder.NewCommerce(Upgradable, Seats, "P1Y").Sku, 14);
        }),
        new("Target no longer sold", "The only transition leads to a product that is no longer sold, and is not the target.", builder => Source(builder, ToWithdrawn)),
    ];

    public override string Name => "new-commerce";

    public override string Description => $"{Table.Count} customers, one for each way in which a subscription of new commerce can become another, or end.";

    private static Subscription Source(AccountBuilder builder, ProductSku sku)
    {
        var source = builder.NewCommerce(sku, Seats, "P1Y");
        _ = builder.Holders(source.Sku, Holders);
        return source;
    }

    private static ProductSku Sku(string name) => ProductCatalog.Instance.FindSku(name)!;
}
