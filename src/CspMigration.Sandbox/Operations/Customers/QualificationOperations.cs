using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>What a customer is qualified to buy.</summary>
internal static class QualificationOperations
{
    private const string Path = "/v1/customers/{customerId}/qualifications";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Path, Needs.Relationship, call => Answer.Ok(Qualifications(call))),
        new("POST", Path, Needs.Relationship | Needs.User, Qualify) { Audited = new("update_customer_qualification", "customer") },
    ];

    // Other lists are objects; this one is a bare array.
    private static JArray Qualifications(Call call) => new(call.Account.Qualifications.Select(qualification => Resource(call, qualification, "vettingCreatedDate")));

    // The answer to a POST has another name for the date.
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

    // A state-owned entity is not vetted.
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
}
