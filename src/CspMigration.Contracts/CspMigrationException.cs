using System;

namespace CspMigration.Contracts;

/// <summary>
/// Every failure of this module: a stable id, what it concerns, what the service said, and what to do. The message
/// says what happened and what to do; it never contains a token or another secret.
/// </summary>
public sealed class CspMigrationException : Exception
{
    internal CspMigrationException(string errorId, string message, string recommendedAction, Exception? innerException = null)
        : base($"{message} {recommendedAction}", innerException)
    {
        ErrorId = errorId;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The stable id of the cause, such as <c>TooFewSeats</c>.</summary>
    public string ErrorId { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; }

    /// <summary>The customer it concerns; null where it concerns none.</summary>
    public string? CustomerId { get; internal init; }

    /// <summary>The subscription it concerns; null where it concerns none.</summary>
    public string? SubscriptionId { get; internal init; }

    /// <summary>The HTTP status of the service's answer; null where there was none.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The service's error code; null where it gave none.</summary>
    public string? ServiceCode { get; internal init; }

    /// <summary>The service's own words.</summary>
    public string? ServiceDescription { get; internal init; }

    /// <summary>The correlation id to give to Microsoft support.</summary>
    public string? CorrelationId { get; internal init; }

    /// <summary>The request id of the failed call.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>True where the service may have carried the call out although no readable answer said so.</summary>
    public bool OutcomeUnknown { get; internal init; }
}
