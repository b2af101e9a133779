using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;

namespace CspMigration.Sandbox.Operations.Requests;

/// <summary>Reads countries from requests and refuses unknown ones.</summary>
internal static class Countries
{
    /// <summary>The country in the query of a catalog request, which is required.</summary>
    public static string Require(Call call)
    {
        var country = call.Query["country"] ?? throw Refusals.BadInput("The query has no country.");
        return CountryCatalog.Find(country)?.Code ?? throw Refusals.BadInput($"{country} is not the two-letter code of a country.");
    }

    /// <summary>A country in a body, in upper case; null if it is absent or empty.</summary>
    public static string? Read(JsonBody body, string name)
    {
        var country = body.NonEmptyText(name);
        return country == null
            ? null
            : CountryCatalog.Find(country)?.Code ?? throw Refusals.InvalidProperty(name, $"{country} is not the two-letter code of a country.");
    }
}
