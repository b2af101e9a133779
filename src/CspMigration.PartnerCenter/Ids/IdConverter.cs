using System;
using System.Collections.Concurrent;
using System.Globalization;
using Newtonsoft.Json;

namespace CspMigration.PartnerCenter.Ids;

/// <summary>Ids as text in JSON. Missing and empty text is no id; where one is needed, that is an error of the JSON.</summary>
internal sealed class IdConverter : JsonConverter
{
    private static readonly ConcurrentDictionary<Type, Func<string, object>> Readers = new();

    public override bool CanConvert(Type objectType) => true;

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        var text = reader.TokenType switch
        {
            JsonToken.Null => null,
            JsonToken.String or JsonToken.Integer => Convert.ToString(reader.Value, CultureInfo.InvariantCulture),
            _ => throw new JsonSerializationException($"An id cannot be read from {reader.TokenType} at \"{reader.Path}\"."),
        };
        var type = Nullable.GetUnderlyingType(objectType);
        return !string.IsNullOrWhiteSpace(text) ? Readers.GetOrAdd(type ?? objectType, ReaderOf)(text!)
            : type is not null ? null
            : throw new JsonSerializationException($"There is no id at \"{reader.Path}\".");
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => writer.WriteValue(value?.ToString());

    // By the method From that each type of id has.
    private static Func<string, object> ReaderOf(Type type)
    {
        var maker = typeof(IdConverter).GetMethod(nameof(Box), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return (Func<string, object>)maker.MakeGenericMethod(type).Invoke(null, [type.GetMethod("From", [typeof(string)])!])!;
    }

    private static Func<string, object> Box<TId>(System.Reflection.MethodInfo from)
        where TId : struct
    {
        var read = (Func<string, TId>)from.CreateDelegate(typeof(Func<string, TId>));
        return text => read(text);
    }
}
