using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Reads the way to the next page of a list (docs/partner-center.md §4).</summary>
internal static class NextPageLink
{
    private const string TokenHeader = "MS-ContinuationToken";

    /// <summary>The request for the next page; null where this was the last.</summary>
    /// <exception cref="Contracts.CspMigrationException">The link leads to another host, or is no address.</exception>
    public static ServiceRequest? Read(JToken? body, Uri baseAddress)
    {
        var page = body is JObject ? new ResourceReader(body, "a page") : null;
        var link = page?.Resource("links")?.Resource("next");
        if (link?.Text("uri") is not { } uri)
        {
            return null;
        }

        // Only the paging header is taken over: an answer must not be able to set others.
        var token = link.Resources("headers")
            .Where(header => string.Equals(header.Text("key"), TokenHeader, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Text("value"))
            .FirstOrDefault() ?? page!.Text("continuationToken");
        KeyValuePair<string, string>[] headers = token is null ? [] : [new(TokenHeader, token)];
        return ServiceRequest.GetPage(ServiceRoute.OfLink(RelativePath(uri, baseAddress)), headers);
    }

    // Links come relative to the host, with /v1 or without, once even with it twice (issue 379 of the vendor's module).
    private static string RelativePath(string uri, Uri baseAddress)
    {
        if (!Uri.TryCreate(baseAddress, uri, out var target))
        {
            throw PartnerCenterErrors.UnexpectedAnswer.Exception("The service's link to the next page is no address.");
        }

        if (target.Scheme != baseAddress.Scheme || target.Authority != baseAddress.Authority || target.UserInfo.Length > 0)
        {
            throw PartnerCenterErrors.UnexpectedAnswer.Exception(
                $"The service's link to the next page leads to another host, {target.Authority}; it was not followed.");
        }

        var root = baseAddress.AbsolutePath.Substring(0, baseAddress.AbsolutePath.Length - "v1/".Length);
        var path = target.PathAndQuery;
        path = path.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? path.Substring(root.Length) : path.TrimStart('/');
        while (path.StartsWith("v1/", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/", StringComparison.Ordinal))
        {
            path = path.Substring(path[0] == '/' ? 1 : "v1/".Length);
        }

        return path;
    }
}
