using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Gateway;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations;

/// <summary>What customer and partner have agreed on: the relationship, the customer agreement, qualifications.</summary>
internal static class TrustOperations
{
    private const string Customer = "/v1/customers/{customerId}";

    private static readonly string[] KnownQualifications = ["Education", "GovernmentCommunityCloud", "StateOwnedEntity", "Nonprofit"];

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/customers/relationshiprequests", Needs.User, Invite),
        new("PATCH", Customer, Needs.User, RemoveRelationship),
        new("GET", Customer + "/agreements", Needs.Relationship, Agreements),
        new("POST", Customer + "/agreements", Needs.Relationship, RecordAgreement),
        new("GET", Customer + "/qualifications", Needs.Relationship, call => Answer.Ok(Qualifications(call))),
        new("POST", Customer + "/qualifications", Needs.Relationship | Needs.User, Qualify),
        new("GET", "/v1/nonMfaCompliantPartnerPrincipals", Needs.Nothing, NotCompliant),
    ];

    private static Answer Invite(Call call)
    {
        call.World.Invitation.Ask(call.Now);
        return Answer.Ok(new JObject
        {
            ["url"] = "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship"
                + $"&partnerId={ProfileOperations.PartnerTenantId}&DAP=false#/BillingAccounts/partner-invitation",
            ["attributes"] = Json.Attributes("RelationshipRequest"),
        });
    }

    private static Answer RemoveRelationship(Call call)
    {
        if (call.Body.Word("relationshipToPartner", Words.Relationships) != "none")
        {
            throw Refuse.InvalidProperty("relationshipToPartner", "it can only be set to none.");
        }

        if (call.Account.Subscriptions.FirstOrDefault(subscription => subscription.IsLive) is { } active)
        {
            throw Refuse.StillActive(active.Id);
        }

        call.Customer.Relationship = "none";
        return Answer.Ok(new JObject
        {
            ["id"] = call.Customer.Id,
            ["relationshipToPartner"] = "none",
            ["attributes"] = Json.Attributes("Customer"),
        });
    }

    private static Answer Agreements(Call call) => Answer.Ok(Json.Collection(call.Account.AgreementOn is { } date ? [Agreement(call, date)] : []));

    private static Answer RecordAgreement(Call call)
    {
        if (call.Body.Object("primaryContact") == null)
        {
            throw Refuse.InvalidProperty("primaryContact", "who accepted the agreement is missing.");
        }

        call.Account.AgreementOn = call.Now;
        return Answer.Created(Agreement(call, call.Now));
    }

    private static JObject Agreement(Call call, System.DateTimeOffset date) => new()
    {
        ["userId"] = call.World.Ids.Guid("agreement/" + call.Customer.Id),
        ["dateAgreed"] = Json.Moment(date),
        ["type"] = "MicrosoftCustomerAgreement",
        ["attributes"] = Json.Attributes("Agreement"),
    };

    // A bare array, unlike other lists.
    private static JArray Qualifications(Call call) => new(call.Account.Qualifications.Select(qualification => new JObject
    {
        ["qualification"] = qualification.Name,
        ["vettingStatus"] = Status(call, qualification),
        ["vettingCreatedDate"] = Json.Moment(qualification.CreatedOn),
    }));

    // The answer to a new one spells its date another way.
    private static Answer Qualify(Call call)
    {
        var name = call.Body.Text("qualification");
        var known = KnownQualifications.FirstOrDefault(candidate => Same.Text(candidate, name))
            ?? throw Refuse.InvalidProperty("qualification", $"{name} is not one of {string.Join(", ", KnownQualifications)}.");
        var qualification = new Qualification(known, call.Now);
        call.Account.Qualifications.Add(qualification);
        return Answer.Created(new JObject
        {
            ["qualification"] = known,
            ["vettingStatus"] = Status(call, qualification),
            ["vettingCreateDate"] = Json.Moment(call.Now),
        });
    }

    private static string Status(Call call, Qualification qualification) => qualification.IsApproved(call.Now) ? "Approved" : "InReview";

    private static Answer NotCompliant(Call call) => Answer.Ok(Json.Collection(call.World.LacksMultiFactor
        ? [new JObject { ["objectId"] = call.World.Ids.Guid("signed-in user"), ["userPrincipalName"] = ProfileOperations.UserPrincipalName }]
        : []));
}
