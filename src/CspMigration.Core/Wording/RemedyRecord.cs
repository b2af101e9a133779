using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.Wording;

/// <summary>A remedy as it is written down, so that it can be read in another language later: sentences by their ids, commands in their words.</summary>
internal static class RemedyRecord
{
    private const string IdMember = "id";
    private const string ArgumentsMember = "with";
    private const string CommandMember = "command";

    private static readonly Regex Place = new(@"\{(\d+)");

    /// <summary>The remedy as JSON.</summary>
    public static string Write(Remedy remedy) => ToJson(remedy).ToString(Formatting.None);

    /// <summary>The remedy; null where there is none, or a later version wrote one that this one does not know.</summary>
    public static Remedy? Read(string? record)
    {
        if (record is null)
        {
            return null;
        }

        // No text becomes a date.
        using var reader = new JsonTextReader(new StringReader(record)) { DateParseHandling = DateParseHandling.None };
        try
        {
            return ReadArgument(JToken.ReadFrom(reader)) is Remedy remedy && IsKnown(remedy) ? remedy : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsKnown(object? argument)
    {
        return argument switch
        {
            Remedy remedy => remedy.IsCommandInWords || (RemedySentences.Has(remedy) && HasEnough(remedy) && remedy.Arguments.All(IsKnown)),
            IEnumerable<Remedy> several => several.All(IsKnown),
            _ => true,
        };
    }

    private static bool HasEnough(Remedy remedy)
    {
        return remedy.IsGroup || (remedy.IsInWords ? remedy.Arguments.FirstOrDefault() is string
            : Place.Matches(RemedySentences.English[remedy.Id]).Cast<Match>().All(place => int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) < remedy.Arguments.Count));
    }

    private static JToken ToJson(object? argument)
    {
        return argument switch
        {
            null => JValue.CreateNull(),
            Remedy remedy when RemedySentences.Has(remedy) => new JObject { [IdMember] = remedy.Id, [ArgumentsMember] = new JArray(remedy.Arguments.Select(ToJson)) },
            Remedy command => new JObject { [CommandMember] = command.ToString() },
            string text => new JValue(text),
            IEnumerable several => new JArray(several.Cast<object?>().Select(ToJson)),
            _ => JToken.FromObject(argument),
        };
    }

    private static object? ReadArgument(JToken token)
    {
        return token switch
        {
            JObject record when record[CommandMember] is JValue { Value: string command } => Remedy.CommandInWords(command),
            JObject record when record[IdMember] is JValue { Value: string id } && record[ArgumentsMember] is JArray given => Remedy.Known(id, [.. given.Select(ReadArgument)]),
            JObject => Remedy.Known("", []),
            JArray several when several.Count > 0 && several.All(item => item is JObject) => several.Select(ReadArgument).Cast<Remedy>().ToList(),
            JArray several => several.Select(item => item.ToString()).ToList(),
            JValue value => value.Value,
            _ => null,
        };
    }
}
