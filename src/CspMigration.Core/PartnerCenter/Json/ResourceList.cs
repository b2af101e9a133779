using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Errors;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.PartnerCenter.Json;

/// <summary>Reads the service's two list forms: the collection envelope with "items", and the bare array (API docs §2).</summary>
internal static class ResourceList
{
    public static IReadOnlyList<ResourceReader> Read(JToken? body, string resource)
    {
        var items = body switch
        {
            JArray bare => bare,
            JObject envelope => ServiceJson.Find(envelope, "items") as JArray,
            _ => null,
        };
        return items is null
            ? throw ErrorCatalog.UnexpectedAnswer.Exception($"The service sent no list where a list of {resource} was expected.")
            : [.. items.Where(item => item.Type == JTokenType.Object).Select(item => new ResourceReader(item, resource))];
    }
}
