using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Requests;

/// <summary>
/// Pages of lists. The request for the next page has <c>seekOperation=Next</c>, the same size and filter, and the token in a
/// header.
/// </summary>
internal static class Paging
{
    private const string TokenHeader = "MS-ContinuationToken";
    private const int DefaultSize = 100;
    private const int MaximumSize = 500;

    public static JObject Page<T>(Call call, string path, IReadOnlyList<T> all, Func<T, JObject> resource)
    {
        var size = call.Query.Number("size", 0);
        if (size > MaximumSize)
        {
            throw Refusals.BadInput($"size must not be more than {MaximumSize}.");
        }

        size = size == 0 ? DefaultSize : size;
        var conditions = Conditions(call, size);
        var start = Start(call, conditions);
        var page = Json.Collection(all.Skip(start).Take(size).Select(resource), path + (call.Query.Text.Length > 0 ? "?" + call.Query.Text : ""));
        if (start + size < all.Count)
        {
            var token = Token(start + size, conditions);
            var next = Json.Link(path + "?" + conditions + "&seekOperation=Next");
            next["headers"] = new JArray(new JObject { ["key"] = TokenHeader, ["value"] = token });
            page["links"]!["next"] = next;
            page.AddFirst(new JProperty("continuationToken", token));
        }

        return page;
    }

    /// <summary>A page of a bare array, with the token for the next page in a header.</summary>
    /// <param name="call">The request.</param>
    /// <param name="all">All items.</param>
    /// <param name="sizeName">The name of the parameter for the size.</param>
    /// <param name="maximumSize">The largest size, which is also the default.</param>
    public static Answer BareArray(Call call, IReadOnlyList<JObject> all, string sizeName, int maximumSize)
    {
        var size = call.Query.Number(sizeName, maximumSize);
        if (size == 0 || size > maximumSize)
        {
            throw Refusals.BadInput($"{sizeName} must be from 1 to {maximumSize}.");
        }

        var conditions = FormattableString.Invariant($"{call.Query.Text}&size={size}");
        var start = call.Request.Header(TokenHeader) is { } token ? Start(token, conditions) ?? throw BadToken() : 0;
        var answer = Answer.Ok(new JArray(all.Skip(start).Take(size)));
        return start + size < all.Count ? answer.With(TokenHeader, Token(start + size, conditions)) : answer;
    }

    private static ServiceException BadToken() => Refusals.BadInput($"The {TokenHeader} does not belong to this size and filter.");

    // The part of the query that must be the same for every page.
    private static string Conditions(Call call, int size)
    {
        var query = new StringBuilder("size=").Append(size.ToString(CultureInfo.InvariantCulture));
        foreach (var name in new[] { "filter", "sortField", "sortDirection", "startDate", "endDate" })
        {
            if (call.Query[name] is { } value)
            {
                _ = query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return query.ToString();
    }

    private static int Start(Call call, string conditions)
    {
        var operation = call.Query["seekOperation"];
        var token = call.Request.Header(TokenHeader);
        if (operation == null && token == null)
        {
            return 0;
        }

        if (!AnyCase.AreEqual(operation, "Next") || token == null)
        {
            throw Refusals.BadInput($"A further page needs seekOperation=Next and the header {TokenHeader}.");
        }

        return Start(token, conditions) ?? throw BadToken();
    }

    private static string Token(int start, string conditions) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(start.ToString(CultureInfo.InvariantCulture) + "|" + conditions));

    private static int? Start(string token, string conditions)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(token));
            var bar = text.IndexOf('|');
            return bar > 0 && text.Substring(bar + 1) == conditions
                && int.TryParse(text.Substring(0, bar), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                ? start
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
