using System;
using System.Globalization;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.Errors;

/// <summary>What Microsoft Graph answers instead of success (learn.microsoft.com/graph/errors, learn.microsoft.com/graph/api/user-assignlicense).</summary>
internal static class GraphRefusals
{
    public static GraphException WrongToken(string reason) => new(401, "InvalidAuthenticationToken", "Access token validation failure. " + reason);

    public static GraphException Denied() => new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphException NotFound(string id) =>
        new(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphException NoSuchRoute(string path) => new(400, "BadRequest", $"Resource not found for the segment '{path}'.");

    public static GraphException Unsupported(string reason) => new(400, "Request_UnsupportedQuery", reason);

    public static GraphException BadRequest(string message) => new(400, "Request_BadRequest", message);

    public static GraphException NoLocation() => BadRequest("License assignment cannot be done for user with invalid usage location.");

    public static GraphException NoUnits(DirectorySku sku) => BadRequest($"Subscription with SKU {sku.Id} does not have any available licenses.");

    public static GraphException NotHeld() => BadRequest("User does not have a corresponding license.");

    public static GraphException Inherited(DirectorySku sku) =>
        BadRequest($"User license is inherited from a group membership and it cannot be removed directly from the user. SKU {sku.Id}.");

    public static GraphException Conflict(ServicePlan one, ServicePlan other) =>
        BadRequest($"License assignment failed because service plans {one.Id} and {other.Id} are mutually exclusive.");

    public static GraphException IsMember() => BadRequest("One or more added object references already exist for the following modified properties: 'members'.");

    public static GraphException NoCompanyLicense(string skuId) => BadRequest($"License {skuId} does not correspond to a valid company License.");

    /// <param name="wait">Until a write is free again.</param>
    public static GraphException TooManyWrites(TimeSpan wait) => new(429, "TooManyRequests", "Too many requests. Retry after some time.")
    {
        RetryAfter = Math.Max(0.1, Math.Ceiling(wait.TotalSeconds * 10) / 10).ToString(CultureInfo.InvariantCulture),
    };
}
