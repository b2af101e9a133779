using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Errors;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Json;

/// <summary>Reads the service's two list forms: the collection envelope with "items", and the bare array (docs/partner-center.md §2).</summary>
internal static class ResourceList
{
    /// <summary>The objects of the list; anything else in it is passed over.</summary>
    public static List<ResourceReader> Read(JToken? body, string resource)
    {
        var items = body is JObject envelope ? ServiceJson.Find(envelope, "items") : body;
        return items is JArray list
            ? [.. list.OfType<JObject>().Select(item => new ResourceReader(item, resource))]
            : throw PartnerCenterErrors.UnexpectedAnswer.Exception($"The service sent no list where a list of {resource} was expected.");
    }
}
