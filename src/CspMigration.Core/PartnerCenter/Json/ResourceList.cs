using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Errors;

namespace CspMigration.Core.PartnerCenter.Json;

/// <summary>Reads the service's two list forms: the collection envelope with "items", and the bare array (API docs §2).</summary>
internal static class ResourceList
{
    public static IReadOnlyList<ResourceReader> Read(object? body, string resource)
    {
        var items = body switch
        {
            List<object?> bare => bare,
            JsonMembers envelope => envelope.Find("items") as List<object?>,
            _ => null,
        };
        return items is null
            ? throw ErrorCatalog.UnexpectedAnswer.Exception($"The service sent no list where a list of {resource} was expected.")
            : [.. items.OfType<JsonMembers>().Select(item => new ResourceReader(item, resource))];
    }
}
