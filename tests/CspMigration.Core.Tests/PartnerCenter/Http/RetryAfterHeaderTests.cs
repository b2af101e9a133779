using System;
using System.Net.Http;
using CspMigration.PartnerCenter.Http;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class RetryAfterHeaderTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("57", 57.0)]
    [InlineData("0", 0.0)]
    [InlineData("Fri, 15 Jan 2027 09:30:27 GMT", 27.0)]
    [InlineData("Fri, 15 Jan 2027 09:00:00 GMT", 0.0)]
    [InlineData("-5", null)]
    [InlineData("1.5", 1.5)]
    [InlineData("57 seconds", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("99999999999999999999", null)]
    public void Seconds_and_dates_are_read_and_a_date_in_the_past_means_now(string header, double? seconds)
    {
        using var response = new HttpResponseMessage();
        _ = response.Headers.TryAddWithoutValidation("Retry-After", header);

        Assert.Equal(seconds, RetryAfterHeader.Read(response, Now)?.TotalSeconds);
    }

    [Fact]
    public void Without_the_header_there_is_no_wait_known()
    {
        using var response = new HttpResponseMessage();

        Assert.Null(RetryAfterHeader.Read(response, Now));
    }
}
