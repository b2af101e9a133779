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

    public static Answer Of(GatewayException refusal) => Answer.WithStatus(
        refusal.Status,
        new JObject { ["statusCode"] = refusal.Status, ["message"] = refusal.Message },
        refusal.RetryAfter);
}
