using System;
using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>
/// Every failure of this module: a stable id, what it concerns, what the service said, and what to do. The message
/// says what happened, without what to do; neither contains a token or another secret.
/// </summary>
public sealed class CspMigrationException : Exception
{
    internal CspMigrationException(string errorId, string message, Remedy remedy, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Problem = message;
        ProblemWithoutNames = message;
        Remedy = remedy;
    }

    /// <summary>The same failure with what it concerns, where it does not say so itself.</summary>
    internal CspMigrationException About(string? customerId, string? subscriptionId)
    {
        return CustomerId is not null && (SubscriptionId is not null || subscriptionId is null)
            ? this
            : Copy(ErrorId, "", Remedy, CustomerId ?? customerId, SubscriptionId ?? subscriptionId);
    }

    /// <summary>The same failure by its cause, where who called knows it better than the answer says it.</summary>
    internal CspMigrationException Of(string errorId, Remedy remedy) => Copy(errorId, "", remedy, CustomerId, SubscriptionId);

    /// <summary>The same failure with the place in a file in front: <c>Row 3 of plan.json</c>.</summary>
    internal CspMigrationException In(string place) => Copy(ErrorId, $"{place}: ", Remedy, CustomerId, SubscriptionId);

    private CspMigrationException Copy(string errorId, string place, Remedy remedy, string? customerId, string? subscriptionId)
    {
        return new CspMigrationException(errorId, place + Problem, remedy, InnerException)
        {
            ProblemWithoutNames = place + ProblemWithoutNames,
            CustomerId = customerId,
            SubscriptionId = subscriptionId,
            StatusCode = StatusCode,
            ServiceCode = ServiceCode,
            ServiceDescription = ServiceDescription,
            ServiceReasons = ServiceReasons,
            CorrelationId = CorrelationId,
            RequestId = RequestId,
            OutcomeUnknown = OutcomeUnknown,
        };
    }

    /// <summary>The stable id of the cause, such as <c>TooFewSeats</c>.</summary>
    public string ErrorId { get; }

    /// <summary>What happened, without what to do about it: the message.</summary>
    public string Problem { get; }

    /// <summary>What happened and what to do about it, where both go into one text.</summary>
    internal string ProblemAndAction => $"{Problem} {RecommendedAction}";

    /// <summary>The same with ids in place of people's names, for what is kept on disk.</summary>
    internal string ProblemWithoutNames { get; init; }

    /// <summary>What to do about it, as data.</summary>
    internal Remedy Remedy { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction => Remedy.ToString();

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

    /// <summary>The reasons by which the service names more exactly what its code leaves open; empty where it gave none.</summary>
    internal IReadOnlyList<string> ServiceReasons { get; init; } = [];

    /// <summary>The correlation id to give to Microsoft support.</summary>
    public string? CorrelationId { get; internal init; }

    /// <summary>The request id of the failed call.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>True where the service may have carried the call out although no readable answer said so.</summary>
    public bool OutcomeUnknown { get; internal init; }
}
