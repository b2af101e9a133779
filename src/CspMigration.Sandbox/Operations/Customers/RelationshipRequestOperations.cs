using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>How a relationship to a customer begins and ends.</summary>
internal static class RelationshipRequestOperations
{
    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/customers/relationshiprequests", Needs.User, Invite),
        new("PATCH", "/v1/customers/{customerId}", Needs.User, RemoveRelationship),
    ];

    private static Answer Invite(Call call)
    {
        call.World.Invitation.Request(call.Now);
        return Answer.Ok(new JObject
        {
            ["url"] = "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship"
                + $"&partnerId={PartnerIdentity.TenantId}&DAP=false#/BillingAccounts/partner-invitation",
            ["attributes"] = Json.Attributes("RelationshipRequest"),
        });
    }

    private static Answer RemoveRelationship(Call call)
    {
        if (call.Body.Word("relationshipToPartner", Words.Relationships) != "none")
        {
            throw Refusals.InvalidProperty("relationshipToPartner", "it can only be set to none.");
        }

        if (call.Account.Subscriptions.FirstOrDefault(subscription => subscription.IsLive) is { } active)
        {
            throw Refusals.StillActive(active.Id);
        }

        call.Customer.Relationship = "none";
        return Answer.Ok(new JObject
        {
            ["id"] = call.Customer.Id,
            ["relationshipToPartner"] = "none",
            ["attributes"] = Json.Attributes("Customer"),
        });
    }
}
