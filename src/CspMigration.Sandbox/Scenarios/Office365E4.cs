using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>
/// Two customers with Office 365 E4, a retired product outside the seed mapping whose targets are sold through new commerce only.
/// </summary>
internal sealed class Office365E4 : Scenario
{
    private const int Seats = 15;
    private const int Holders = 12;

    // Only E4 has it: no target does.
    private const string Voice = "MCOVOICECONF";
    private const string Teams = "TEAMS1";

    private static readonly string[] Companies = ["Fabrikam", "Northwind Traders"];

    public override string Name => "office365-e4";

    public override string Description => "Two customers with Office 365 E4, a retired product outside the seed mapping.";

    public override IReadOnlyList<Customer> Customers(ScenarioContext context) =>
        Companies.Select(company => new Customer(
            context.Ids.Guid("office365-e4/" + company), company, DomainNames.Of(company), customer => Fill(customer, context))).ToList();

    private static Account Fill(Customer customer, ScenarioContext context)
    {
        var builder = new AccountBuilder(customer, context);
        var subscription = builder.Expiring(OfferIds.OfficeE4, Seats);
        var users = builder.Users(Holders);
        builder.Assign(users.Skip(1), subscription.Sku);
        builder.Assign(users[0], subscription.Sku, Voice, Teams);
        return builder.Account;
    }
}
