using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>
/// A migration in progress: it creates the new subscriptions, provisions their seats, then suspends the migrated ones. Each step
/// takes the provisioning delay.
/// </summary>
internal sealed class NewCommerceMigration : IProcess
{
    private readonly CustomerContext _start;
    private readonly List<MigrationEvent> _events = [];
    private Order? _order;

    public NewCommerceMigration(CustomerContext start, MigrationPlan plan)
    {
        _start = start;
        Plan = plan;
        Id = start.NextId("migration");
        Next = start.Now + start.World.ProvisioningDelay;
        AddEvent(start.Now, "MigrationStarted");
    }

    public string Id { get; }

    public Customer Customer => _start.Customer;

    public MigrationPlan Plan { get; }

    public string Status { get; private set; } = "Processing";

    public DateTimeOffset StartedOn => _start.Now;

    public DateTimeOffset? CompletedOn { get; private set; }

    public string? OrderId => _order?.Id;

    public IReadOnlyList<MigrationEvent> Events => _events;

    public DateTimeOffset? Next { get; private set; }

    public bool IsProcessing(Subscription subscription) => Next != null && Plan.Parts.Any(part => part.Source == subscription);

    public void Step()
    {
        var context = _start.At(Next!.Value);
        switch (_events.Count)
        {
            // If provisioning fails, the subscriptions continue unchanged.
            case 1 when Customer.Terms.ProvisioningFails || Plan.Parts.Any(part => !part.Source.IsLive):
                Status = "Failed";
                Next = null;
                AddEvent(context.Now, "MigrationFailed");
                break;
            case 1:
                Create(context);
                Continue("NewCommerceSubscriptionCreated");
                break;
            case 2:
                Suspend(context);
                Continue("NewCommerceSubscriptionProvisioned");
                break;
            default:
                Status = "Completed";
                CompletedOn = context.Now;
                Next = null;
                AddEvent(context.Now, "MigrationCompleted");
                break;
        }
    }

    private void Create(CustomerContext context)
    {
        _order = Purchases.Open(context, Commerce.New, Plan.Main.BillingCycle);
        foreach (var part in Plan.Parts)
        {
            part.Result = Purchases.Add(context, _order, new PurchaseLine
            {
                OfferId = part.Item!.CatalogItemId,
                OfferName = part.Item.Sku.Title,
                Sku = part.Item.Sku.Sku,
                Quantity = part.Quantity,
                FriendlyName = part.Source.FriendlyName,
                BillingCycle = part.BillingCycle,
                Term = part.Term,
                TermEnd = part.EndsOn,
                Partners = PartnerIds.Of(part.Source),
                AutoRenew = part.Source.AutoRenew,
                MigratedFromId = part.Source.Id,
                IsAddOn = part.Source.IsAddOn,
            });
        }
    }

    private void Suspend(CustomerContext context)
    {
        foreach (var source in Plan.Parts.Select(part => part.Source).Where(source => source.IsLive))
        {
            source.SetStatus(SubscriptionStatus.Suspended, context.Now);
            source.IncrementVersion();
        }
    }

    private void Continue(string name)
    {
        var now = Next!.Value;
        AddEvent(now, name);
        Next = now + _start.World.ProvisioningDelay;
    }

    private void AddEvent(DateTimeOffset now, string name) => _events.Add(new MigrationEvent(_start.NextId("migration event"), name, now));
}
