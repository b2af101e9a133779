using System;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>
/// Quirks of real answers that clients must tolerate, always the same for one route: a byte order mark, names in PascalCase,
/// times without a zone, links that already begin with the version, codes as text.
/// </summary>
internal sealed class Quirks
{
    private const int Kinds = 4;

    // The documentation shows another shape for this list and another text for the first status of its events.
    private const string Transitions = "GET /v1/customers/{customerId}/subscriptions/{subscriptionId}/transitions";
    private const string Started = "Started";

    private readonly IdSource _ids;

    public Quirks(IdSource ids)
    {
        _ids = ids;
    }

    /// <summary>Whether the body begins with a byte order mark.</summary>
    public bool HasMark(string route, int status) => status >= 400 || Kind(route) is 0 or 1;

    public JToken Distort(JToken body, string route)
    {
        var kind = Kind(route);
        if (route == Transitions && body is JObject list && list.Property("items") is { } items)
        {
            items.Replace(new JProperty("transition", items.Value));
        }

        return Distort(body, pascal: kind is 1 or 2, loose: kind is 2 or 3);
    }

    private static JToken Distort(JToken token, bool pascal, bool loose) => token switch
    {
        JObject members => new JObject(members.Properties().Select(member => new JProperty(
            pascal ? char.ToUpperInvariant(member.Name[0]) + member.Name.Substring(1) : member.Name,
            Distort(member, pascal, loose)))),
        JArray items => new JArray(items.Select(item => Distort(item, pascal, loose))),
        _ => token,
    };

    private static JToken Distort(JProperty member, bool pascal, bool loose) => member.Value switch
    {
        JValue { Value: long code } when member.Name == "code" => code.ToString(CultureInfo.InvariantCulture),
        JValue { Value: Started } when member.Name == "status" => Started + " ",
        JValue { Value: string text } when loose => Loosen(member.Name, text),
        var value => Distort(value, pascal, loose),
    };

    private static string Loosen(string name, string text)
    {
        if (name == "uri" && text.StartsWith("/", StringComparison.Ordinal))
        {
            return "/v1" + text;
        }

        var isMoment = (name.EndsWith("Date", StringComparison.Ordinal) || name.EndsWith("DateTime", StringComparison.Ordinal))
            && text.EndsWith("Z", StringComparison.Ordinal);
        return isMoment ? text.Substring(0, text.Length - 1) : text;
    }

    private int Kind(string route) => _ids.Number("quirk/" + route, Kinds);
}
