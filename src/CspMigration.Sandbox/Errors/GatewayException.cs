using System;

namespace CspMigration.Sandbox.Errors;

/// <summary>An error of the gateway in front of the service: its body has another shape and no code.</summary>
internal sealed class GatewayException : Exception
{
    public GatewayException(int status, string message)
        : base(message)
    {
        Status = status;
    }

    public int Status { get; }

    /// <summary>In whole seconds; only with 429.</summary>
    public int? RetryAfter { get; init; }
}
