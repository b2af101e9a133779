using System.Collections.Generic;

namespace CspMigration.Sandbox.Http;

/// <summary>A response, and how much of it arrives.</summary>
internal sealed class SandboxResponse
{
    public SandboxResponse(int status, string? contentType, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        Status = status;
        ContentType = contentType;
        Body = body;
        Headers = headers;
    }

    public int Status { get; }

    public string? ContentType { get; }

    public byte[] Body { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The connection drops after half of the body.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The connection drops before the first byte of the response.</summary>
    public bool IsCut { get; init; }

    public static SandboxResponse Cut { get; } = new(0, null, [], []) { IsCut = true };
}
