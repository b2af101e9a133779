using System;

namespace CspMigration.Sandbox.Http;

/// <summary>A request as it arrived, whatever it arrived through.</summary>
internal sealed class SandboxRequest
{
    private readonly Func<string, string?> _header;

    public SandboxRequest(string method, string path, string query, Func<string, string?> header, byte[] body)
    {
        Method = method;
        Path = path;
        Query = new QueryString(query);
        Body = body;
        _header = header;
    }

    public string Method { get; }

    /// <summary>Still escaped.</summary>
    public string Path { get; }

    public QueryString Query { get; }

    public byte[] Body { get; }

    public bool IsWrite => Method is "POST" or "PUT" or "PATCH" or "DELETE";

    /// <summary>The value of a header; null where it is absent or blank.</summary>
    public string? Header(string name)
    {
        var value = _header(name)?.Trim();
        return value is { Length: > 0 } ? value : null;
    }
}
