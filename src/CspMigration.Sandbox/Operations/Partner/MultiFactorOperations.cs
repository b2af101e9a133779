using System.Collections.Generic;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Partner;

/// <summary>Which of the partner's users signed in without multiple factors.</summary>
internal static class MultiFactorOperations
{
    public static IEnumerable<Route> Routes => [new("GET", "/v1/nonMfaCompliantPartnerPrincipals", Needs.User | Needs.AnyFactor, NotCompliant)];

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
