using System.Text.Json.Nodes;

namespace CspMigration.Migration.Tests.Support;

/// <summary>A list of users as pages give it that others changed in between: with the first of its users twice.</summary>
internal static class RepeatedUsers
{
    /// <param name="text">The answer.</param>
    /// <param name="list">The name of the list in it.</param>
    public static string In(string text, string list)
    {
        var body = JsonNode.Parse(text)!;
        if (body[list] is JsonArray { Count: > 0 } users)
        {
            users.Insert(1, users[0]!.DeepClone());
        }

        return body.ToJsonString();
    }
}
