using System;
using System.Text;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Gateway;

/// <summary>One request in a batch of Microsoft Graph (learn.microsoft.com/graph/json-batching).</summary>
internal sealed class BatchItem
{
    private BatchItem(string id, SandboxRequest request)
    {
        Id = id;
        Request = request;
    }

    public string Id { get; }

    public SandboxRequest Request { get; }

    /// <exception cref="FormatException">It has no id, method or address.</exception>
    public static BatchItem Of(JsonBody item, SandboxRequest batch)
    {
        var id = item.NonEmptyText("id") ?? throw new FormatException("A request of the batch has no id.");
        var url = item.NonEmptyText("url") ?? throw new FormatException($"Request {id} has no url.");
        var method = item.NonEmptyText("method") ?? throw new FormatException($"Request {id} has no method.");
        var question = url.IndexOf('?');
        var headers = item.Object("headers");
        return new BatchItem(id, new SandboxRequest(
            method.ToUpperInvariant(),
            batch.Origin,
            Route.GraphRoot + (question < 0 ? url : url.Substring(0, question)).TrimStart('/'),
            question < 0 ? "" : url.Substring(question),
            name => headers?.NonEmptyText(name) ?? (name == "Authorization" ? batch.Header(name) : null),
            item.Token("body") is JObject body ? Encoding.UTF8.GetBytes(body.ToString(Formatting.None)) : []));
    }

    /// <summary>Its part of the batch's answer.</summary>
    public JObject Answer(EncodedAnswer answer, string? retryAfter)
    {
        var headers = new JObject { ["Content-Type"] = "application/json" };
        retryAfter ??= answer.Header is { Key: "Retry-After" } header ? header.Value : null;
        if (retryAfter is { } wait)
        {
            headers["Retry-After"] = wait;
        }

        return new JObject { ["id"] = Id, ["status"] = answer.Status, ["headers"] = headers, ["body"] = JsonBody.ParseToken(answer.Body) };
    }
}
