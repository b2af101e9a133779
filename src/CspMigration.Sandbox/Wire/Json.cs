using System;
using System.Collections.Generic;
using System.Globalization;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>The pieces every resource is made of.</summary>
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

    /// <summary>Sets a member only where there is a value: the service leaves out what it does not know.</summary>
    public static void SetIfAny(this JObject resource, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            resource[name] = value;
        }
    }

    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    /// <summary>Opaque to clients: which version of which resource this is.</summary>
    public static string Etag(string id, int version) => Convert.ToBase64String(
        System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"{{\"id\":\"{id}\",\"version\":{version}}}")));
}
