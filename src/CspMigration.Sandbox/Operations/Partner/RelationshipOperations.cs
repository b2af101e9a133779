using System;
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

namespace CspMigration.Sandbox.Operations.Partner;

/// <summary>The partner's indirect resellers, and those of a customer.</summary>
internal static class RelationshipOperations
{
    private const string ProviderOf = "is_indirect_cloud_solution_provider_of";

    private static readonly Vocabulary Types = new(ProviderOf, "is_indirect_reseller_of");
    private static readonly Vocabulary Fields = new("Name");

    // Every other well-formed id belongs to a partner without a relationship.
    private static readonly string[] Resellers = ["4567890", "4847383"];

    public static IEnumerable<Route> Routes =>
    [
        new("GET", "/v1/relationships", Needs.User, List),
        new("GET", "/v1/customers/{customerId}/relationships", Needs.Relationship | Needs.User, OfCustomer),
    ];

    private static Answer List(Call call)
    {
        var type = call.Query.Word("relationship_type", Types) ?? throw Refusals.BadInput($"The query has no relationship_type: it is one of {Types}.");
        var filter = Filter.Of(call, Fields);
        filter?.Expect("substring");
        var resellers = Resellers
            .Where(id => type == ProviderOf && (filter == null || ProfileOperations.ResellerName(id).IndexOf(filter.Value, StringComparison.OrdinalIgnoreCase) >= 0))
            .Select(id =>
            {
                var resource = Resource(call, id);
                resource["state"] = "Active";
                resource["location"] = Market.PartnerCountry;
                return resource;
            });
        return Answer.Ok(Json.Collection(resellers));
    }

    private static Answer OfCustomer(Call call)
    {
        var ids = call.Account.Subscriptions.Where(subscription => subscription.IsLive).Select(subscription => subscription.PartnerId)
            .Append(call.Customer.AssociatedPartnerId ?? "")
            .Where(PartnerIds.IsValid)
            .Distinct();
        return Answer.Ok(Json.Collection(ids.Select(id => Resource(call, id))));
    }

    private static JObject Resource(Call call, string partnerId) => new()
    {
        ["id"] = call.World.Ids.Guid("reseller/" + partnerId),
        ["name"] = ProfileOperations.ResellerName(partnerId),
        ["relationshipType"] = ProviderOf,
        ["mpnId"] = partnerId,
        ["attributes"] = Json.Attributes("PartnerRelationship"),
    };
}
