using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>The two shapes of an error.</summary>
internal static class ErrorBody
{
    public static Answer Of(ServiceException refusal) => Answer.WithStatus(
        refusal.Status,
        new JObject
        {
            ["code"] = refusal.Code,
            ["description"] = refusal.Message,
            ["data"] = new JArray(refusal.Details.Cast<object>()),
            ["source"] = "PartnerFD",
        });

    public static Answer Of(GraphException refusal) => OfGraph(refusal.Status, refusal.Code, refusal.Message, refusal.RetryAfter);

    public static Answer OfGraph(int status, string code, string message, string? retryAfter = null)
    {
        var answer = Answer.WithStatus(status, new JObject { ["error"] = new JObject { ["code"] = code, ["message"] = message, ["innerError"] = new JObject() } });
        return retryAfter == null ? answer : answer.With("Retry-After", retryAfter);
    }

    public static Answer Of(GatewayException refusal) => Answer.WithStatus(
        refusal.Status,
        new JObject { ["statusCode"] = refusal.Status, ["message"] = refusal.Message },
        refusal.RetryAfter);
}
