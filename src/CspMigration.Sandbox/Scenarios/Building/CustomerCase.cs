using System;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>One customer that demonstrates one case.</summary>
internal sealed class CustomerCase
{
    /// <param name="name">The case, which is also the customer's name.</param>
    /// <param name="service">How the service behaves.</param>
    /// <param name="fill">Adds the customer's subscriptions and users.</param>
    public CustomerCase(string name, string service, Action<AccountBuilder> fill)
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

    /// <param name="scenario">The name of the scenario, which the ids depend on.</param>
    /// <param name="context">What the customer is made from.</param>
    public Customer Customer(string scenario, ScenarioContext context) => new(
        context.Ids.Guid($"{scenario}/{Name}"),
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
}
