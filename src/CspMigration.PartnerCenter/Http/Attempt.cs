using System;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Pacing;

namespace CspMigration.PartnerCenter.Http;

/// <summary>One attempt of a call and what came of it.</summary>
internal sealed class Attempt
{
    public AttemptOutcome Outcome { get; private init; }

    public ServiceReply? Reply { get; private init; }

    public int? Status { get; private init; }

    public ServiceError? Error { get; private init; }

    /// <summary>What broke it, in words without secrets.</summary>
    public string? Reason { get; private init; }

    /// <summary>Whether no connection could be made for a reason that lies in the address, so that trying again soon is no use.</summary>
    public bool IsLasting { get; private init; }

    /// <summary>How long the service asked to wait; null where it did not.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public string? CorrelationId { get; private init; }

    /// <summary>Why there was no token to send; null where it was sent.</summary>
    public CspMigrationException? SignInFailure { get; private init; }

    /// <summary>Whether the service answered, were it to say that it cannot do anything now. What is no answer of its own does not count.</summary>
    public bool IsAnswer => Outcome is AttemptOutcome.Answered or AttemptOutcome.Refused or AttemptOutcome.Unauthorized or AttemptOutcome.Throttled or AttemptOutcome.ServerError;

    /// <summary>Whether the service may have acted although no readable answer says so.</summary>
    public bool MayHaveActed => Outcome is AttemptOutcome.ServerError or AttemptOutcome.Broken or AttemptOutcome.TimedOut or AttemptOutcome.Garbled;

    public static Attempt Answered(ServiceReply reply) => new() { Outcome = AttemptOutcome.Answered, Reply = reply, Status = reply.Status };

    public static Attempt NotSent(CspMigrationException signInFailure) => new() { Outcome = AttemptOutcome.NotSent, SignInFailure = signInFailure };

    public static Attempt Failed(AttemptOutcome outcome, string reason, int? status = null, string? correlationId = null)
    {
        return new() { Outcome = outcome, Reason = reason, Status = status, CorrelationId = correlationId };
    }

    public static Attempt NotConnected(ConnectionFailure failure)
    {
        return new() { Outcome = AttemptOutcome.Broken, Reason = failure.Reason, IsLasting = failure.IsLasting };
    }

    public static Attempt FailedWith(AttemptOutcome outcome, int status, ServiceError error, TimeSpan? retryAfter, string? correlationId)
    {
        return new() { Outcome = outcome, Status = status, Error = error, RetryAfter = retryAfter, CorrelationId = correlationId };
    }
}
