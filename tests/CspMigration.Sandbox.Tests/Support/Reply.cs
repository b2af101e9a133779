using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace CspMigration.Sandbox.Tests.Support;

/// <summary>A response with its body.</summary>
internal sealed class Reply(HttpResponseMessage message, byte[] bytes)
{
    public int Status => (int)message.StatusCode;

    public HttpResponseMessage Message => message;

    public byte[] Bytes => bytes;

    public string Text => Encoding.UTF8.GetString(bytes);

    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonArray Items => Json["items"]!.AsArray();

    public int Code => (int)Json["code"]!;

    public string? Header(string name) => message.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public Reply Expect(int status)
    {
        Assert.True(status == Status, $"Expected {status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>Expects the service's error shape with this code.</summary>
    public Reply ExpectError(int status, int code)
    {
        _ = Expect(status);
        Assert.True(code == Code, $"Expected code {code}: {Text}");
        Assert.False(string.IsNullOrEmpty((string?)Json["description"]));
        Assert.Equal("PartnerFD", (string?)Json["source"]);
        return this;
    }
}
