using System;

namespace CspMigration.Sandbox.Errors;

/// <summary>An error of Microsoft Graph.</summary>
internal sealed class GraphException : Exception
{
    public GraphException(int status, string code, string message)
        : base(message)
    {
        Status = status;
        Code = code;
    }

    public int Status { get; }

    public string Code { get; }

    /// <summary>In seconds, perhaps with a fraction; only with 429.</summary>
    public string? RetryAfter { get; init; }
}
