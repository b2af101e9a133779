using System.Collections.Generic;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Http;

/// <summary>The answer of an operation, before it is encoded.</summary>
internal sealed class Answer
{
    private Answer(int status, JToken? body)
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    public JToken? Body { get; }

    /// <summary>The address of the resource that was accepted or created.</summary>
    public string? Location { get; init; }

    public int? RetryAfter { get; init; }

    /// <summary>A further header; null if there is none.</summary>
    public KeyValuePair<string, string>? Header { get; init; }

    public Answer WithBody(JToken body) => new(Status, body) { Location = Location, RetryAfter = RetryAfter, Header = Header };

    public Answer With(string name, string value) => new(Status, Body) { Location = Location, RetryAfter = RetryAfter, Header = new(name, value) };

    /// <summary>An HTML page instead of JSON.</summary>
    public string? Page { get; init; }

    public static Answer Ok(JToken body) => new(200, body);

    public static Answer Created(JToken body) => new(201, body);

    public static Answer Accepted(JToken body, string location) => new(202, body) { Location = location };

    public static Answer Redirect(string location) => new(302, null) { Location = location };

    public static Answer OfPage(string html) => new(200, null) { Page = html };

    public static Answer WithStatus(int status, JToken? body = null, int? retryAfter = null) => new(status, body) { RetryAfter = retryAfter };
}
