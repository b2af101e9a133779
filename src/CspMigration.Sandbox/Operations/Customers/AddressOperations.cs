using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>Validates addresses: every complete address counts as existing.</summary>
internal static class AddressOperations
{
    private static readonly string[] Parts = ["addressLine1", "city", "state", "postalCode", "country"];

    public static IEnumerable<Route> Routes => [new("POST", "/v1/validations/address", Needs.None, Validate)];

    private static Answer Validate(Call call)
    {
        _ = Countries.Read(call.Body, "country") ?? throw Refusals.InvalidProperty("country", "it is missing.");
        var address = new JObject(Parts.Where(call.Body.Has).Select(part => new JProperty(part, call.Body.Text(part))));
        var isComplete = Parts.All(call.Body.Has);
        return Answer.Ok(new JObject
        {
            ["originalAddress"] = address,
            ["suggestedAddresses"] = isComplete ? new JArray(address.DeepClone()) : [],
            ["status"] = isComplete ? "VerifiedShippable" : "None",
        });
    }
}
