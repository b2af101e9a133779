using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>The partner's customers.</summary>
internal static class CustomerOperations
{
    private const string Customer = "/v1/customers/{customerId}";

    private static readonly Vocabulary ValidationTypes = new("account");

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/customers", Needs.None, List),
        new("POST", "/v1/customers", Needs.None, CustomerAccounts.Create),
        new("GET", Customer, Needs.None, call => Answer.Ok(CustomerResource.Of(call.Customer))),
        new("GET", Customer + "/profiles/company", Needs.Directory, call => Answer.Ok(CustomerResource.CompanyProfile(call.Customer))),
        new("DELETE", Customer, Needs.None, CustomerAccounts.Delete) { Audited = new("delete_tip_customer", "customer") },
        new("GET", Customer + "/profiles/billing", Needs.None, call => Answer.Ok(CustomerResource.BillingProfile(call.Customer))),
        new("PUT", Customer + "/profiles/billing", Needs.None, CustomerAccounts.ReplaceBillingProfile) { Audited = new("update_customer_billing_profile", "customer") },
        new("GET", Customer + "/validationStatus", Needs.Relationship | Needs.User, ValidationStatus),
    ];

    // No customer is under review.
    private static Answer ValidationStatus(Call call)
    {
        var type = call.Query.Word("type", ValidationTypes) ?? throw Refusals.BadInput($"The query has no type: it is {ValidationTypes}.");
        return Answer.Ok(new JObject { ["type"] = type, ["status"] = "Allowed", ["lastUpdateDateTime"] = Json.Moment(TermCalendar.Day(call.Now)) });
    }

    private static Answer List(Call call)
    {
        var filter = Filter.Of(call, Words.CustomerFields);
        var found = call.World.Customers.All.Where(customer => customer.IsListed && Matches(customer, filter)).ToList();
        return Answer.Ok(Paging.Page(call, "/customers", found, CustomerResource.InList));
    }

    private static bool Matches(Customer customer, Filter? filter)
    {
        if (filter == null)
        {
            return true;
        }

        filter.Expect("starts_with");
        return filter.Field switch
        {
            "CompanyName" => filter.StartsWith(customer.CompanyName),
            "Domain" => filter.StartsWith(customer.Domain),

            // No customer has an indirect reseller or provider.
            _ => false,
        };
    }
}
