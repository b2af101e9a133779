using System;
using System.Collections.Generic;
using System.Globalization;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>The parts that all resources have in common.</summary>
internal static class Json
{
    public static JObject Attributes(string objectType, string? etag = null)
    {
        var attributes = new JObject();
        if (etag != null)
        {
            attributes["etag"] = etag;
        }

        attributes["objectType"] = objectType;
        return attributes;
    }

    public static JObject Link(string uri, string method = "GET") =>
        new() { ["uri"] = uri, ["method"] = method, ["headers"] = new JArray() };

    public static JObject SelfLink(string uri) => new() { ["self"] = Link(uri) };

    public static JObject Collection(IEnumerable<JToken> items, string? self = null)
    {
        var array = new JArray(items);
        var collection = new JObject { ["totalCount"] = array.Count, ["items"] = array };
        if (self != null)
        {
            collection["links"] = SelfLink(self);
        }

        collection["attributes"] = Attributes("Collection");
        return collection;
    }

    /// <summary>Sets a member if it has a value; the service omits empty ones.</summary>
    public static void SetIfAny(this JObject resource, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            resource[name] = value;
        }
    }

    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    /// <summary>The etag of a version of a resource, opaque to clients.</summary>
    public static string Etag(string id, int version) => Convert.ToBase64String(
        System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"{{\"id\":\"{id}\",\"version\":{version}}}")));
}
