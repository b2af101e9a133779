using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>One customer for each retired Dynamics AX and CRM Online product, with one expiring subscription of it.</summary>
internal sealed class SeedMapping : Scenario
{
    // More than the largest minimum of any target.
    private const int Seats = 25;
    private const int Holders = 12;

    private static readonly (string Company, string OfferId)[] Rows =
    [
        ("AX Enterprise", OfferIds.AxEnterprise),
        ("AX Task", OfferIds.AxTask),
        ("AX Self Serve", OfferIds.AxSelfServe),
        ("AX Device", OfferIds.AxDevice),
        ("CRM Online Enterprise", OfferIds.CrmEnterprise),
        ("CRM Online Professional", OfferIds.CrmProfessional),
        ("CRM Online Basic", OfferIds.CrmBasic),
        ("CRM Online Essential", OfferIds.CrmEssential),
        ("CRM Field Service add-on", OfferIds.FieldServiceAddOn),
        ("CRM Project Service Automation add-on", OfferIds.ProjectServiceAddOn),
    ];

    public override string Name => "seed-mapping";

    public override string Description => "Ten customers, one for each retired Dynamics AX and CRM Online product.";

    public override IReadOnlyList<Customer> Customers(ScenarioContext context) => Rows.Select((row, number) => new Customer(
        context.Ids.Guid("seed-mapping/" + row.Company),
        row.Company,
        DomainNames.Of(row.Company),
        customer => Fill(customer, context, row.OfferId))).ToList();

    private static Account Fill(Customer customer, ScenarioContext context, string offerId)
    {
        var builder = new AccountBuilder(customer, context);
        var subscriptions = new List<Subscription>();
        if (OfferCatalog.Instance.Get(offerId).IsAddOn)
        {
            // The base of an add-on renews, so that each customer has exactly one expiring subscription.
            subscriptions.Add(builder.Renewing(OfferIds.CrmProfessional, Seats));
        }

        subscriptions.Add(builder.Expiring(offerId, Seats, subscriptions.FirstOrDefault()));
        var users = builder.Users(Holders);
        foreach (var subscription in subscriptions)
        {
            builder.Assign(users, subscription.Sku);
        }

        return builder.Account;
    }
}
