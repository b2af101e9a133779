using System;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Pacing;


namespace CspMigration.PartnerCenter.Http;

/// <summary>
/// Decides whether a call is sent again, and after how long. The limit is time, not a count: a call may wait and
/// repeat until its budget is spent (docs/partner-center.md §3, "Throttling"). A service that has never answered gets seconds: the address,
/// the network or the proxy is wrong more often than the service is away.
/// </summary>
internal sealed class RetryRules
{
    /// <summary>How long an attempt may take while the service has never answered.</summary>
    public static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstContact = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly Func<double> _random;

    /// <param name="budget">How long one call may take in all, waiting included.</param>
    /// <param name="random">A number from 0 to 1, so that many clients do not come back at the same moment.</param>
    public RetryRules(TimeSpan budget, Func<double> random)
    {
        Budget = budget;
        _random = random;
    }

    public TimeSpan Budget { get; }

    /// <summary>How long to wait before the next attempt; null where there is to be none.</summary>
    /// <param name="repeatability">Whether the call may be repeated when its outcome is unknown.</param>
    /// <param name="attempt">How the last attempt ended.</param>
    /// <param name="failures">How many attempts have failed, this one included.</param>
    /// <param name="elapsed">How long the call has taken so far.</param>
    /// <param name="tokenCanBeRenewed">Whether a refused token can still be renewed for this call.</param>
    /// <param name="hasAnswered">Whether the service has answered on this connection, to this call or an earlier one.</param>
    public TimeSpan? DelayBeforeNext(
        Repeatability repeatability, Attempt attempt, int failures, TimeSpan elapsed, bool tokenCanBeRenewed, bool hasAnswered = true)
    {
        if (!hasAnswered && attempt.IsLasting)
        {
            return null;
        }

        var budget = hasAnswered || FirstContact > Budget ? Budget : FirstContact;
        var delay = attempt.Outcome switch
        {
            AttemptOutcome.Answered or AttemptOutcome.Refused => null,
            AttemptOutcome.Unauthorized => tokenCanBeRenewed ? TimeSpan.Zero : null,
            AttemptOutcome.NotSent => AskedFor(attempt) ?? BackOff(failures),
            AttemptOutcome.Throttled => repeatability == Repeatability.AfterReading ? null : AskedFor(attempt) ?? BackOff(failures),
            _ => repeatability == Repeatability.Always ? AskedFor(attempt) ?? BackOff(failures) : (TimeSpan?)null,
        };
        return delay is { } wait && elapsed + wait <= budget ? wait : null;
    }

    /// <summary>Doubling from half a second to half a minute, each shortened by chance to between half and all of it.</summary>
    public TimeSpan BackOff(int failures)
    {
        var doubled = FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 10));
        var longest = Math.Min(doubled, LongestDelay.TotalSeconds);
        return TimeSpan.FromSeconds(longest * (0.5 + (0.5 * _random())));
    }

    // "At once" is what a clock that runs ahead makes of a date: repeated without a pause, the call would besiege the service.
    private static TimeSpan? AskedFor(Attempt attempt) => attempt.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : null;

    /// <summary>Whether what kept a call from being sent may be over later.</summary>
    public static bool IsTransient(CspMigrationException failure)
    {
        return failure.ErrorId == PartnerCenterErrors.ServiceUnavailable.Id || failure.ErrorId == PartnerCenterErrors.Throttled.Id || failure.ErrorId == PartnerCenterErrors.RequestTimeout.Id;
    }
}
