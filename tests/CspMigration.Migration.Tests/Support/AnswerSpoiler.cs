using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Changes answers on their way from the sandbox, for as long as it is on.</summary>
internal sealed class AnswerSpoiler(string pathEnd, Func<JsonObject, JsonObject?> change)
{
    public bool IsOn { get; set; }

    /// <summary>Drops members from each object of the answers.</summary>
    public static AnswerSpoiler Without(string pathEnd, params string[] members) => new(pathEnd, item =>
    {
        foreach (var member in members)
        {
            _ = item.Remove(member);
        }

        return item;
    });

    /// <summary>Drops the SKUs of an answer that a test names by their part number.</summary>
    public static AnswerSpoiler WithoutSku(string partNumber) => new("/subscribedskus", item => (string?)item["productSku"]?["skuPartNumber"] == partNumber ? null : item);

    /// <summary>To be given to a <see cref="RequestRecorder"/>.</summary>
    public string Rewrite(string path, string text)
    {
        if (!IsOn || !path.EndsWith(pathEnd, StringComparison.OrdinalIgnoreCase) || JsonNode.Parse(text.TrimStart('\uFEFF')) is not JsonObject answer)
        {
            return text;
        }

        if (answer["items"] is not JsonArray items)
        {
            return (change(answer) ?? []).ToJsonString();
        }

        answer["items"] = new JsonArray([.. items.OfType<JsonObject>().Select(item => change((JsonObject)item.DeepClone()))]);
        return answer.ToJsonString();
    }
}
