using System;
using System.Globalization;
using CspMigration.Core.Customers;
using Xunit;

namespace CspMigration.Core.Tests.Migration;

/// <summary>When a subscription can no longer be made active again (docs/rules.md, rule 24): its last day counts whole, at whatever hour the service writes it.</summary>
public sealed class RetentionDatesTests
{
    [Theory]
    [InlineData("2026-04-09T00:00:00Z", "2026-04-09T23:59:58Z", false)]
    [InlineData("2026-04-09T23:59:59Z", "2026-04-09T23:59:59Z", false)]
    [InlineData("2026-04-09T00:00:00Z", "2026-04-10T00:00:00Z", true)]
    [InlineData("2026-04-09T23:59:59Z", "2026-04-10T00:00:00Z", true)]
    [InlineData("2026-04-09T22:00:00-04:00", "2026-04-10T12:00:00Z", false)]
    public void A_term_is_over_when_its_last_day_has_passed(string lastDay, string now, bool isOver)
    {
        Assert.Equal(isOver, RetentionDates.IsTermOver(Moment(now), Moment(lastDay)));
    }

    [Fact]
    public void A_term_whose_end_is_unknown_is_not_over()
    {
        Assert.False(RetentionDates.IsTermOver(Moment("2026-04-10T00:00:00Z"), commitmentEnd: null));
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
