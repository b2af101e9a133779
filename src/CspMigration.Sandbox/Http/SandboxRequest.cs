using System;

namespace CspMigration.Sandbox.Http;

/// <summary>A request, from a socket or from the same process.</summary>
internal sealed class SandboxRequest
{
    private readonly Func<string, string?> _header;

    /// <param name="method">In upper case.</param>
    /// <param name="origin">Scheme, host and port the client used.</param>
    /// <param name="path">Still escaped.</param>
    /// <param name="query">Still escaped.</param>
    /// <param name="header">Returns a header by its name; null if it is absent.</param>
    /// <param name="body">All of it.</param>
    public SandboxRequest(string method, string origin, string path, string query, Func<string, string?> header, byte[] body)
    {
        Method = method;
        Origin = origin;
        Path = path;
        Query = new QueryString(query);
        Body = body;
        _header = header;
    }

    public string Method { get; }

    public string Origin { get; }

    public string Path { get; }

    public QueryString Query { get; }

    public byte[] Body { get; }

    /// <summary>The value of a header; null if it is absent or blank.</summary>
    public string? Header(string name)
    {
        var value = _header(name)?.Trim();
        return value is { Length: > 0 } ? value : null;
    }
}
