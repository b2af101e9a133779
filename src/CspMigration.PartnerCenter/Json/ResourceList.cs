using System.Collections.Generic;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Json;

/// <summary>Reads the service's two list forms: the collection envelope with "items", and the bare array (docs/partner-center.md §2).</summary>
internal static class ResourceList
{
    public static List<ResourceReader> Read(object? body, string resource)
    {
        var items = body switch
        {
            List<object?> bare => bare,
            JsonMembers envelope => (envelope.Find("items") ?? envelope.Find("transition")) as List<object?>,
            _ => null,
        };
        if (items is null)
        {
            throw PartnerCenterErrors.UnexpectedAnswer.Exception($"The service sent no list where a list of {resource} was expected.");
        }

        var readers = new List<ResourceReader>(items.Count);
        foreach (var item in items)
        {
            if (item is JsonMembers)
            {
                readers.Add(new ResourceReader(item, resource));
            }
        }

        return readers;
    }
}
