using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Changes answers on their way from the sandbox, for as long as it is on.</summary>
internal sealed class AnswerSpoiler(Func<string, bool> isMeant, Func<JsonObject, JsonObject?> change)
{
    /// <param name="pathEnd">What the paths of the answers end in.</param>
    /// <param name="change">Changes each object of such an answer; null drops it.</param>
    public AnswerSpoiler(string pathEnd, Func<JsonObject, JsonObject?> change)
        : this(path => path.EndsWith(pathEnd, StringComparison.OrdinalIgnoreCase), change)
    {
    }

    public bool IsOn { get; set; }

    /// <summary>Changes subscriptions, in the list and each by itself.</summary>
    public static AnswerSpoiler OfSubscriptions(Func<JsonObject, JsonObject?> change) => new(path => Regex.IsMatch(path, "/subscriptions(/[^/]+)?$", RegexOptions.IgnoreCase), change);

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
        if (!IsOn || !isMeant(path) || JsonNode.Parse(text.TrimStart('\uFEFF')) is not JsonObject answer)
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
