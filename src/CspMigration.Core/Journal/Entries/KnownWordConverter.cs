using System;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace CspMigration.Core.Journal.Entries;

/// <summary>The name of an enum's value; null for a name that is not known, of a member that can be done without.</summary>
internal sealed class KnownWordConverter : StringEnumConverter
{
    public KnownWordConverter() => AllowIntegerValues = false;

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        try
        {
            return base.ReadJson(reader, objectType, existingValue, serializer);
        }
        catch (JsonSerializationException) when (reader.TokenType == JsonToken.String)
        {
            return null;
        }
    }
}
