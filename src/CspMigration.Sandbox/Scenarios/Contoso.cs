using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>
/// One customer with exactly one subscription: 25 seats of AX Enterprise that expire in thirty days. Some of its twenty users
/// have plans switched off: one that the targets share, one that they do not, both, or several.
/// </summary>
internal sealed class Contoso : Scenario
{
    private const int Seats = 25;
    private const int Holders = 20;
    private const int Others = 3;

    // The targets have these plans too, with the same ids.
    private const string OfficeOnline = "SHAREPOINTWAC";
    private const string Projects = "PROJECT_ESSENTIALS";

    // Only in the retired SKU.
    private const string LifecycleServices = "AX_LIFECYCLE_SERVICES";

    private static readonly string[][] SwitchedOff =
    [
        [OfficeOnline],
        [LifecycleServices],
        [OfficeOnline, LifecycleServices],
        [OfficeOnline, Projects],
        [Projects],
    ];

    public override string Name => "contoso";

    public override string Description => "One customer, one subscription: Dynamics AX Enterprise, 25 seats, 20 users.";

    public override IReadOnlyList<Customer> Customers(ScenarioContext context) =>
        [new Customer(context.Ids.Guid("contoso"), "Contoso", "contoso.onmicrosoft.com", customer => Fill(customer, context))];

    private static Account Fill(Customer customer, ScenarioContext context)
    {
        var builder = new AccountBuilder(customer, context);
        var subscription = builder.Expiring(OfferIds.AxEnterprise, Seats);
        var users = builder.Users(Holders + Others);
        foreach (var (user, number) in users.Take(Holders).Select((user, number) => (user, number)))
        {
            builder.Assign(user, subscription.Sku, number < SwitchedOff.Length ? SwitchedOff[number] : []);
        }

        return builder.Account;
    }
}
