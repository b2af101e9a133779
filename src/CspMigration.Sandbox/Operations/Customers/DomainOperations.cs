using System.Collections.Generic;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>Whether a domain is taken.</summary>
internal static class DomainOperations
{
    public static IEnumerable<Route> Routes =>
    [
        new("HEAD", "/v1/domains/{domain}", Needs.None, call => Answer.WithStatus(IsTaken(call, call["domain"]) ? 200 : 404)),
    ];

    private static bool IsTaken(Call call, string domain) =>
        AnyCase.AreEqual(domain, PartnerIdentity.Domain) || call.World.Customers.HasDomain(domain);
}
