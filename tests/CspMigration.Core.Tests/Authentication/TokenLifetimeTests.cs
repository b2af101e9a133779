using System;
using CspMigration.PartnerCenter.Authentication;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.Authentication;

public sealed class TokenLifetimeTests
{
    private static readonly DateTimeOffset Issued = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_token_is_renewed_while_it_is_good_and_not_at_once()
    {
        Prop.ForAll(
            Gen.Choose(2, 1_000_000).ToArbitrary(),
            seconds =>
            {
                var renewal = TokenLifetime.RenewalOf(Issued, Issued.AddSeconds(seconds));
                return renewal > Issued && renewal < Issued.AddSeconds(seconds);
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(60, 55)]
    [InlineData(10, 5)]
    [InlineData(4, 2)]
    public void It_is_renewed_five_minutes_before_its_end_or_at_half_its_life(int minutes, int expectedMinutes)
    {
        Assert.Equal(Issued.AddMinutes(expectedMinutes), TokenLifetime.RenewalOf(Issued, Issued.AddMinutes(minutes)));
    }
}
