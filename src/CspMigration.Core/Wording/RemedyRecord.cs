using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.Wording;

/// <summary>A remedy as it is written down, so that it can be read in another language later: sentences by their ids, commands in their words.</summary>
internal static class RemedyRecord
{
    private const string IdMember = "id";
    private const string ArgumentsMember = "with";
    private const string CommandMember = "command";

    public static JObject Write(Remedy remedy)
    {
        return RemedySentences.Has(remedy)
            ? new JObject { [IdMember] = remedy.Id, [ArgumentsMember] = new JArray(remedy.Arguments.Select(Write)) }
            : new JObject { [CommandMember] = remedy.ToString() };
    }

    /// <summary>The remedy; null where there is none, or a later version wrote one that this one does not know.</summary>
    public static Remedy? Read(JObject? record)
    {
        return record is not null && ReadArgument(record) is Remedy remedy && IsKnown(remedy) ? remedy : null;
    }

    private static bool IsKnown(object? argument)
    {
        return argument switch
        {
            Remedy remedy => remedy.IsCommandInWords || (RemedySentences.Has(remedy) && remedy.Arguments.All(IsKnown)),
            IEnumerable<Remedy> several => several.All(IsKnown),
            _ => true,
        };
    }

    private static JToken Write(object? argument)
    {
        return argument switch
        {
            null => JValue.CreateNull(),
            Remedy remedy => Write(remedy),
            string text => new JValue(text),
            IEnumerable several => new JArray(several.Cast<object?>().Select(Write)),
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
