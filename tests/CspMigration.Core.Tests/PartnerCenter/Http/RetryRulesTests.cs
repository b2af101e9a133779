using System;
using System.Linq;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Pacing;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class RetryRulesTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(10);

    private static readonly ServiceError Error = ServiceError.Read("");

    private static RetryRules Rules(double chance = 1) => new(Budget, () => chance);

    [Theory]
    [InlineData("Answered", false, false)]
    [InlineData("Refused", false, false)]
    [InlineData("Unauthorized", false, false)]
    [InlineData("Throttled", true, true)]
    [InlineData("ServerError", true, false)]
    [InlineData("Broken", true, false)]
    [InlineData("TimedOut", true, false)]
    [InlineData("Garbled", true, false)]
    public void Only_what_may_be_carried_out_twice_is_repeated_after_an_unknown_outcome(string outcome, bool always, bool afterRefusal)
    {
        var attempt = Attempt.Failed(Enum.Parse<AttemptOutcome>(outcome), "because");

        Assert.Equal(always, Rules().DelayBeforeNext(Repeatability.Always, attempt, 1, TimeSpan.Zero, tokenCanBeRenewed: false) is not null);
        Assert.Equal(afterRefusal, Rules().DelayBeforeNext(Repeatability.AfterRefusal, attempt, 1, TimeSpan.Zero, tokenCanBeRenewed: false) is not null);
        Assert.Null(Rules().DelayBeforeNext(Repeatability.AfterReading, attempt, 1, TimeSpan.Zero, tokenCanBeRenewed: false));
    }

    [Theory]
    [InlineData("Always")]
    [InlineData("AfterRefusal")]
    [InlineData("AfterReading")]
    public void A_refused_token_is_replaced_at_once_where_it_can_be(string repeatability)
    {
        var attempt = Attempt.FailedWith(AttemptOutcome.Unauthorized, 401, Error, TimeSpan.FromSeconds(20), correlationId: null);

        var delay = Rules().DelayBeforeNext(Enum.Parse<Repeatability>(repeatability), attempt, 1, TimeSpan.Zero, tokenCanBeRenewed: true);

        Assert.Equal(TimeSpan.Zero, delay);
    }

    [Theory]
    [InlineData("Throttled", 429)]
    [InlineData("ServerError", 503)]
    public void The_service_says_how_long_to_wait(string outcome, int status)
    {
        var attempt = Attempt.FailedWith(Enum.Parse<AttemptOutcome>(outcome), status, Error, TimeSpan.FromSeconds(57), correlationId: null);

        Assert.Equal(TimeSpan.FromSeconds(57), Rules().DelayBeforeNext(Repeatability.Always, attempt, 1, TimeSpan.Zero, tokenCanBeRenewed: false));
    }

    [Fact]
    public void The_limit_is_time_and_not_a_count()
    {
        var attempt = Attempt.FailedWith(AttemptOutcome.Throttled, 429, Error, TimeSpan.FromSeconds(60), correlationId: null);

        Assert.NotNull(Rules().DelayBeforeNext(Repeatability.Always, attempt, 10_000, TimeSpan.FromMinutes(9), tokenCanBeRenewed: false));
        Assert.Null(Rules().DelayBeforeNext(Repeatability.Always, attempt, 1, TimeSpan.FromMinutes(9) + TimeSpan.FromTicks(1), tokenCanBeRenewed: false));
    }

    [Fact]
    public void A_wait_that_would_end_after_the_budget_is_not_begun()
    {
        var attempt = Attempt.FailedWith(AttemptOutcome.Throttled, 429, Error, Budget + TimeSpan.FromSeconds(1), correlationId: null);

        Assert.Null(Rules().DelayBeforeNext(Repeatability.Always, attempt, 1, TimeSpan.Zero, tokenCanBeRenewed: false));
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1.0)]
    [InlineData(3, 2.0)]
    [InlineData(4, 4.0)]
    [InlineData(5, 8.0)]
    [InlineData(6, 16.0)]
    [InlineData(7, 30.0)]
    [InlineData(8, 30.0)]
    [InlineData(1_000_000, 30.0)]
    public void The_back_off_doubles_up_to_half_a_minute_and_chance_takes_up_to_half_of_it(int failures, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Rules(chance: 1).BackOff(failures));
        Assert.Equal(TimeSpan.FromSeconds(seconds / 2), Rules(chance: 0).BackOff(failures));
    }

    [Fact]
    public void A_back_off_is_never_outside_its_bounds_and_never_shorter_after_more_failures()
    {
        var draws =
            from failures in Gen.Choose(1, 2000)
            from chance in Gen.Choose(0, 1_000_000)
            select (Failures: failures, Chance: chance / 1_000_000.0);

        Always.Holds(draws, draw =>
        {
            var delay = Rules(draw.Chance).BackOff(draw.Failures);

            Assert.InRange(delay, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(30));
            Assert.True(Rules(draw.Chance).BackOff(draw.Failures + 1) >= delay);
        });
    }
}
