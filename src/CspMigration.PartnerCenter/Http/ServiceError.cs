using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Http;

/// <summary>
/// What the service said of a failure, in any of its shapes: <c>{code, description}</c>, the gateway's
/// <c>{statusCode, message}</c>, HTML, text or nothing (docs/partner-center.md §3). Reading it never fails.
/// </summary>
internal sealed class ServiceError
{
    private const int LongestText = 1024;

    // Data begin with a type: "LicenseQuotaExceededException : Subscription with Account …".
    private static readonly Regex Reason = new(@"^\s*(?:[A-Za-z]+\.)*(?<name>[A-Za-z]+?)(?:Exception)?\s*(?::|$)", RegexOptions.CultureInvariant);

    private static readonly Regex Title = new("<title[^>]*>(?<text>[^<]*)</title>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private ServiceError(string? code, string? description)
    {
        Code = code;
        Description = description;
    }

    /// <summary>The service's code; null where it gave none.</summary>
    public string? Code { get; }

    /// <summary>The service's words; null where it gave none that can be read.</summary>
    public string? Description { get; }

    /// <summary>The names that its data begin with, such as <c>LicenseQuotaExceeded</c>, which are more exact than the code; empty where there are none.</summary>
    public IReadOnlyList<string> Reasons { get; private init; } = [];

    /// <summary>Whether it is a web page, as a proxy answers in place of the service.</summary>
    public bool IsPage { get; private init; }

    /// <summary>The title of the page; null where it has none.</summary>
    public string? PageTitle { get; private init; }

    public static ServiceError Read(string body)
    {
        try
        {
            return ServiceJson.Parse(body) is JObject json ? FromJson(json) : new ServiceError(null, Shorten(body));
        }
        catch (JsonException)
        {
            var isPage = body.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith("<", StringComparison.Ordinal);
            return new ServiceError(null, isPage ? null : Shorten(body)) { IsPage = isPage, PageTitle = isPage ? TitleOf(body) : null };
        }
    }

    private static string? TitleOf(string page) => Title.Match(page) is { Success: true } match ? Shorten(WebUtility.HtmlDecode(match.Groups["text"].Value)) : null;

    private static ServiceError FromJson(JObject json)
    {
        var detail = ServiceJson.Find(json, "error") as JObject ?? json;
        var code = Scalar(detail, "code") ?? Scalar(detail, "errorCode");
        var description = Scalar(detail, "description") ?? Scalar(detail, "message") ?? Scalar(detail, "errorDescription");
        List<string> reasons = [];
        if (ServiceJson.Find(detail, "data") is JArray { Count: > 0 } data && data.All(item => item is JValue))
        {
            List<string?> facts = [.. data.Cast<JValue>().Select(item => Convert.ToString(item.Value, CultureInfo.InvariantCulture))];
            description = string.Join(" ", description is null ? facts : facts.Prepend(description));
            reasons = [.. facts.Select(fact => Reason.Match(fact)).Where(match => match.Success).Select(match => match.Groups["name"].Value)];
        }

        return new ServiceError(code, description is null ? null : Shorten(description)) { Reasons = reasons };
    }

    private static string? Scalar(JObject json, string name)
    {
        var text = ServiceJson.Find(json, name) is JValue value ? Convert.ToString(value.Value, CultureInfo.InvariantCulture) : null;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static string? Shorten(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim();
        return line.Length == 0 ? null : line.Length > LongestText ? line.Substring(0, LongestText) + "…" : line;
    }
}
