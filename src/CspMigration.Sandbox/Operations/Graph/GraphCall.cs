using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Graph;

/// <summary>What the routes of Microsoft Graph have in common.</summary>
internal static class GraphCall
{
    private static readonly Regex AssignedSku = new(
        @"^assignedLicenses/any\((?<x>\w+):\k<x>/skuId eq (?<sku>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private const int LargestPage = 999;
    private const int UsualPage = 100;

    /// <summary>The user in the path. Deleted users are found among the deleted items alone.</summary>
    public static User User(Call call) => call.Account.FindUser(call["userId"]) is { IsDeleted: false } user ? user : throw GraphRefusals.NotFound(call["userId"]);

    public static State.Group Group(Call call) => call.Account.FindGroup(call["groupId"]) ?? throw GraphRefusals.NotFound(call["groupId"]);

    /// <summary>The SKU of the filter for who is assigned one; null if there is no filter.</summary>
    public static string? SkuFilter(Call call)
    {
        if (call.Query["$filter"] is not { } filter)
        {
            return null;
        }

        var match = AssignedSku.Match(filter.Trim());
        return match.Success ? match.Groups["sku"].Value : throw GraphRefusals.Unsupported($"The sandbox does not model the filter '{filter}'.");
    }

    /// <summary>A page of a list, whose link to the next one names the last item, so that a change in between moves none.</summary>
    /// <param name="call">The request.</param>
    /// <param name="items">All items, each with its place.</param>
    /// <param name="count">The number of all items; null where it was not asked for.</param>
    public static Answer Page(Call call, IEnumerable<(int Place, JObject Resource)> items, int? count = null)
    {
        var top = call.Query.Number("$top", UsualPage);
        if (top is < 1 or > LargestPage)
        {
            throw GraphRefusals.BadRequest($"Invalid page size specified: '{top}'. Must be between 1 and {LargestPage} inclusive.");
        }

        var page = items.SkipWhile(item => item.Place < call.Query.Number("$skiptoken", 0)).Take(top + 1).ToList();
        var body = new JObject();
        if (count is { } all)
        {
            body["@odata.count"] = all;
        }

        if (page.Count > top)
        {
            var kept = call.Query.Text.Split('&').Where(part => !part.StartsWith("%24skiptoken=", System.StringComparison.OrdinalIgnoreCase) && !part.StartsWith("$skiptoken=", System.StringComparison.Ordinal));
            body["@odata.nextLink"] = $"{call.Request.Origin}{call.Request.Path}?{string.Join("&", kept)}&$skiptoken={page[top].Place.ToString(CultureInfo.InvariantCulture)}";
        }

        body["value"] = new JArray(page.Take(top).Select(item => item.Resource));
        return Answer.Ok(body);
    }
}
