using System;
using System.Collections.Generic;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A list of ids. What is missing or empty in it is passed over: a line about nothing that has an id was written so.</summary>
internal sealed class IdListConverter<TId> : JsonConverter<IReadOnlyList<TId>>
    where TId : struct
{
    public override bool CanWrite => false;

    public override IReadOnlyList<TId>? ReadJson(JsonReader reader, Type objectType, IReadOnlyList<TId>? existingValue, bool hasExistingValue, JsonSerializer serializer)
    {
        if (serializer.Deserialize<List<TId?>>(reader) is not { } read)
        {
            return null;
        }

        var ids = new List<TId>(read.Count);
        foreach (var id in read)
        {
            if (id is { } known)
            {
                ids.Add(known);
            }
        }

        return ids;
    }

    public override void WriteJson(JsonWriter writer, IReadOnlyList<TId>? value, JsonSerializer serializer) => throw new NotSupportedException();
}
