using System;

namespace CspMigration.Sandbox.Errors;

/// <summary>A refusal by what stands in front of the service, which has a body of its own shape and no code.</summary>
internal sealed class GatewayException : Exception
{
    public GatewayException(int status, string message)
        : base(message)
    {
        Status = status;
    }

    public int Status { get; }

    /// <summary>Whole seconds; only with 429.</summary>
    public int? RetryAfter { get; init; }
}
