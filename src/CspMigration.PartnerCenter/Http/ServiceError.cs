using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json;

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

    public static ServiceError Read(string body)
    {
        try
        {
            return ServiceJson.Parse(body) is JsonMembers json ? FromJson(json) : new ServiceError(null, Shorten(body));
        }
        catch (JsonException)
        {
            var isMarkup = body.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith("<", StringComparison.Ordinal);
            return new ServiceError(null, isMarkup ? null : Shorten(body));
        }
    }

    private static ServiceError FromJson(JsonMembers json)
    {
        var detail = json.Find("error") as JsonMembers ?? json;
        var code = Scalar(detail, "code") ?? Scalar(detail, "errorCode");
        var description = Scalar(detail, "description") ?? Scalar(detail, "message") ?? Scalar(detail, "errorDescription");
        List<string> reasons = [];
        if (detail.Find("data") is List<object?> { Count: > 0 } data && data.TrueForAll(item => item is not (JsonMembers or List<object?>)))
        {
            var facts = data.ConvertAll(item => Convert.ToString(item, CultureInfo.InvariantCulture));
            description = string.Join(" ", description is null ? facts : facts.Prepend(description));
            reasons = [.. facts.Select(fact => Reason.Match(fact)).Where(match => match.Success).Select(match => match.Groups["name"].Value)];
        }

        return new ServiceError(code, description is null ? null : Shorten(description)) { Reasons = reasons };
    }

    private static string? Scalar(JsonMembers json, string name)
    {
        var value = json.Find(name);
        var text = value is null or JsonMembers or List<object?> ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static string? Shorten(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim();
        return line.Length == 0 ? null : line.Length > LongestText ? line.Substring(0, LongestText) + "…" : line;
    }
}
