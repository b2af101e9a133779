using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>What customer and partner are to each other: the relationship and qualifications.</summary>
internal static class TrustOperations
{
    private const string Customer = "/v1/customers/{customerId}";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/customers/relationshiprequests", Needs.User, Invite),
        new("PATCH", Customer, Needs.User, RemoveRelationship),
        new("GET", Customer + "/qualifications", Needs.Relationship, call => Answer.Ok(Qualifications(call))),
        new("POST", Customer + "/qualifications", Needs.Relationship | Needs.User, Qualify) { Audited = new("update_customer_qualification", "customer") },
        new("GET", "/v1/nonMfaCompliantPartnerPrincipals", Needs.User | Needs.AnyFactor, NotCompliant),
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

    // A bare array, unlike other lists.
    private static JArray Qualifications(Call call) => new(call.Account.Qualifications.Select(qualification => Resource(call, qualification, "vettingCreatedDate")));

    // The answer to a new one spells its date another way.
    private static Answer Qualify(Call call)
    {
        var name = call.Body.Word("qualification", Words.Qualifications) ?? throw Refusals.InvalidProperty("qualification", "it is missing.");
        switch (name)
        {
            case Qualification.Education when call.Body.Word("educationSegment", Words.EducationSegments) == null:
                throw Refusals.InvalidProperty("educationSegment", $"Education needs one: {Words.EducationSegments}.");
            case Qualification.GovernmentCommunityCloud when call.Body.NonEmptyText("validationCode") == null:
                throw Refusals.InvalidProperty("validationCode", "GovernmentCommunityCloud needs one of the partner's validation codes.");
            case Qualification.Nonprofit:
                throw Refusals.InvalidProperty("qualification", "Nonprofit cannot be set by a partner.");
        }

        var qualification = new Qualification(name, call.Now);
        call.Account.Qualifications.Add(qualification);
        return Answer.Created(Resource(call, qualification, "vettingCreateDate"));
    }

    // Nobody vets whether an entity is owned by a state.
    private static JObject Resource(Call call, Qualification qualification, string dateName)
    {
        var resource = new JObject { ["qualification"] = qualification.Name };
        if (qualification.IsVetted)
        {
            resource["vettingStatus"] = qualification.IsApproved(call.Now) ? "Approved" : "InReview";
            resource[dateName] = Json.Moment(qualification.CreatedOn);
        }

        return resource;
    }

    private static Answer NotCompliant(Call call) => Answer.Ok(Json.Collection(call.World.LacksMultiFactor
        ?
        [
            new JObject
            {
                ["objectId"] = call.World.Ids.Guid("signed-in user"),
                ["tenantId"] = PartnerIdentity.TenantId,
                ["upn"] = PartnerIdentity.UserPrincipalName,
                ["lastNonMfaCompliantRequestDateTime"] = Json.Moment(call.Now),
            },
        ]
        : []));
}
