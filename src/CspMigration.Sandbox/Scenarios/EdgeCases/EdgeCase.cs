using System;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.EdgeCases;

/// <summary>One customer that demonstrates one case.</summary>
internal sealed class EdgeCase
{
    /// <param name="name">The case, which is also the customer's name.</param>
    /// <param name="service">How the service behaves.</param>
    /// <param name="fill">Adds the customer's subscriptions and users.</param>
    public EdgeCase(string name, string service, Action<AccountBuilder> fill)
    {
        Name = name;
        Service = service;
        Fill = fill;
    }

    public string Name { get; }

    public string Service { get; }

    public Action<AccountBuilder> Fill { get; }

    public string Country { get; init; } = Market.PartnerCountry;

    public string Relationship { get; init; } = State.Customer.Reseller;

    public DelegationRefusal? Delegation { get; init; }

    public CustomerTerms Terms { get; init; } = CustomerTerms.Usual;

    public Customer Customer(ScenarioContext context) => new(
        context.Ids.Guid("edge-cases/" + Name),
        Name,
        DomainNames.Of(Name),
        customer =>
        {
            var builder = new AccountBuilder(customer, context);
            Fill(builder);
            return builder.Account;
        })
    {
        Country = Country,
        Relationship = Relationship,
        DelegationRefusal = Delegation,
        Terms = Terms,
    };

    /// <summary>An expiring subscription with some users who hold its license.</summary>
    public static Action<AccountBuilder> Source(string offerId, int seats = 10, int holders = 6, string billingCycle = "monthly", string partnerId = "") =>
        builder => builder.Holders(builder.Expiring(offerId, seats, billingCycle: billingCycle, partnerId: partnerId).Sku, holders);

    public static DirectorySku Sku(string offerId) => OfferCatalog.Instance.Get(offerId).Sku;
}
