using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Graph;

/// <summary>The routes of Microsoft Graph that managing licenses needs. The customer is the tenant of the token.</summary>
internal static class GraphOperations
{
    private const string Users = Route.GraphRoot + "users";
    private const string UserRoute = Users + "/{userId}";
    private const string Groups = Route.GraphRoot + "groups";
    private const string GroupRoute = Groups + "/{groupId}";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Route.GraphRoot + "subscribedSkus", Needs.User, SubscribedSkus),
        new("GET", Users, Needs.User, DirectoryUsers.List),
        new("GET", UserRoute, Needs.User, call => Answer.Ok(DirectoryUsers.Of(call, GraphCall.User(call)))),
        new("PATCH", UserRoute, Needs.User | Needs.GraphWrite, DirectoryUsers.Patch),
        new("POST", UserRoute + "/assignLicense", Needs.User | Needs.GraphWrite, LicenseAssignment.OfUser),
        new("GET", Groups, Needs.User, call => DirectoryGroups.List(call)),
        new("GET", GroupRoute, Needs.User, call => Answer.Ok(DirectoryGroups.Of(call, GraphCall.Group(call)))),
        new("GET", GroupRoute + "/members", Needs.User, DirectoryGroups.Members),
        new("POST", GroupRoute + "/members/$ref", Needs.User | Needs.GraphWrite, DirectoryGroups.AddMember),
        new("DELETE", GroupRoute + "/members/{memberId}/$ref", Needs.User | Needs.GraphWrite, DirectoryGroups.RemoveMember),
        new("GET", GroupRoute + "/membersWithLicenseErrors", Needs.User, DirectoryGroups.MembersWithErrors),
        new("POST", GroupRoute + "/assignLicense", Needs.User | Needs.GraphWrite, LicenseAssignment.OfGroup),

        // The gateway takes it apart: each item is a request of its own.
        new("POST", Route.Batch, Needs.User, _ => throw GraphRefusals.BadRequest("A batch cannot contain another.")),
    ];

    private static Answer SubscribedSkus(Call call) => Answer.Ok(new JObject
    {
        ["value"] = new JArray(call.Account.Skus
            .Select(sku => SeatPool.Of(call.Account, sku, call.Now))
            .Where(pool => pool.Total > 0 || pool.Consumed > 0)
            .Select(GraphResource.Of)),
    });
}
