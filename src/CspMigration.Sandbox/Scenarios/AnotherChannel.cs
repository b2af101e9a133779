using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>A customer who has bought everything elsewhere, and has just accepted the invitation of the partner.</summary>
internal sealed class AnotherChannel : Scenario
{
    private const string Company = "Fabrikam";

    public override string Name => "another-channel";

    public override string Description => "One customer who has bought everything through another channel: a retired product, one that is still sold, and one that is discontinued.";

    public override IReadOnlyList<Customer> Customers(ScenarioContext context) =>
        [new Customer(context.Ids.Guid("another-channel/" + Company), Company, DomainNames.Of(Company), customer => Fill(customer, context))];

    private static Account Fill(Customer customer, ScenarioContext context)
    {
        var builder = new AccountBuilder(customer, context);
        Add(builder, "CRMSTANDARD", units: 10, holders: 7);
        Add(builder, "ENTERPRISEPACK", units: 8, holders: 8);
        Add(builder, "SANDBOX_CAMPAIGNS", units: 5, holders: 3);
        return builder.Account;
    }

    private static void Add(AccountBuilder builder, string partNumber, int units, int holders)
    {
        var sku = SkuCatalog.Instance.ByPartNumber(partNumber);
        builder.OtherChannel(sku, units);
        _ = builder.Holders(sku, holders);
    }
}
