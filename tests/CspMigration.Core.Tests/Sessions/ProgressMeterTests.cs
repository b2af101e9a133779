using System;
using System.Collections.Generic;
using CspMigration.Core.Sessions;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.Sessions;

/// <summary>A bar that can be read, and that never keeps quiet about a wait.</summary>
public sealed class ProgressMeterTests : IDisposable
{
    private readonly VirtualTime _time = VirtualTime.Manual();
    private readonly ProgressMeter _meter;

    public ProgressMeterTests() => _meter = new ProgressMeter(_time);

    public void Dispose() => _time.Dispose();

    [Fact]
    public void It_shows_counts_rate_and_time_left()
    {
        _ = _meter.Advance("Moving", 1, 101);
        _time.Advance(TimeSpan.FromSeconds(10));

        var report = _meter.Advance("Moving", 51, 101);

        Assert.NotNull(report);
        Assert.Equal("Moving: 51 of 101, 5 a second", report.Status);
        Assert.Equal((50, 10), (report.PercentComplete, report.SecondsRemaining));
    }

    [Fact]
    public void Where_nobody_knows_how_many_there_are_it_shows_how_many_are_done()
    {
        _ = _meter.Advance("Reading", 1, total: null);
        _time.Advance(TimeSpan.FromSeconds(2));

        var report = _meter.Advance("Reading", 9, total: null);

        Assert.NotNull(report);
        Assert.Equal("Reading: 9, 4 a second", report.Status);
        Assert.Equal((-1, -1), (report.PercentComplete, report.SecondsRemaining));
    }

    [Fact]
    public void The_first_update_claims_no_rate()
    {
        var report = _meter.Advance("Moving", 1, 20);

        Assert.NotNull(report);
        Assert.Equal("Moving: 1 of 20", report.Status);
        Assert.Equal((5, -1), (report.PercentComplete, report.SecondsRemaining));
    }

    [Fact]
    public void Counts_that_take_turns_keep_their_rates()
    {
        _ = _meter.Advance("Reading", 0, total: null);
        _ = _meter.Advance("Moving", 0, 1000);
        _time.Advance(TimeSpan.FromSeconds(5));
        _ = _meter.Advance("Reading", 500, total: null);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("Moving: 100 of 1000, 10 a second", _meter.Advance("Moving", 100, 1000)?.Status);
    }

    [Fact]
    public void It_is_updated_four_times_a_second_at_most()
    {
        var shown = 0;
        for (var done = 1; done <= 10_000; done++)
        {
            shown += _meter.Advance(done % 2 == 0 ? "Reading" : "Moving", done, 10_000) is null ? 0 : 1;
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // The last count of the 10,000 comes before its time.
        Assert.Equal(40 + 1, shown);
    }

    [Fact]
    public void What_goes_on_meanwhile_stands_beside_the_count_and_does_not_change_its_rate()
    {
        _ = _meter.Advance("Migrating", 0, 12);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("Migrating: 5 of 12, 0.5 a second; moving licenses: 1234", _meter.Advance("Migrating", 5, 12, "moving licenses: 1234")?.Status);
    }

    [Fact]
    public void The_last_count_is_shown_however_soon_it_comes()
    {
        _ = _meter.Advance("Moving", 1, 20);

        Assert.Equal("Moving: 20 of 20", _meter.Advance("Moving", 20, 20)?.Status);
    }

    [Fact]
    public void A_new_record_does_not_make_it_faster()
    {
        var shown = 0;
        for (var record = 0; record < 1000; record++)
        {
            _meter.Begin();
            shown += _meter.Advance("Reading", 1, total: null) is null ? 0 : 1;
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(4, shown);
    }

    [Fact]
    public void A_new_record_is_counted_anew()
    {
        _ = _meter.Advance("Reading", 500, total: null);
        _time.Advance(TimeSpan.FromSeconds(10));
        _meter.Begin();

        Assert.Equal("Reading: 1", _meter.Advance("Reading", 1, total: null)?.Status);
    }

    [Fact]
    public void A_wait_is_shown_although_the_counts_have_just_been_shown()
    {
        _ = _meter.Advance("Moving", 50, 100);

        var report = _meter.Wait("throttled", TimeSpan.FromSeconds(26.5));

        Assert.NotNull(report);
        Assert.Equal("throttled, waiting 27 s", report.Status);
        Assert.Equal((50, -1), (report.PercentComplete, report.SecondsRemaining));
    }

    [Fact]
    public void A_long_wait_is_shown_although_a_short_one_has_just_been_shown()
    {
        _ = _meter.Wait("service not available", TimeSpan.FromSeconds(0.5));

        Assert.Equal("throttled, waiting 27 s", _meter.Wait("throttled", TimeSpan.FromSeconds(27))?.Status);
    }

    [Fact]
    public void Many_who_wait_together_are_one_update()
    {
        var reports = new List<ProgressReport?>();
        for (var caller = 0; caller < 64; caller++)
        {
            reports.Add(_meter.Wait("throttled", TimeSpan.FromSeconds(27 + (caller / 100.0))));
        }

        Assert.Single(reports, report => report is not null);
    }

    [Fact]
    public void A_pause_nobody_could_read_is_not_shown()
    {
        Assert.Null(_meter.Wait("throttled", TimeSpan.FromMilliseconds(200)));
    }

    [Theory]
    [InlineData(120, 100)]
    [InlineData(int.MaxValue, 1)]
    public void More_done_than_expected_is_all_of_it(int done, int total)
    {
        _ = _meter.Advance("Moving", 0, total);
        _time.Advance(TimeSpan.FromSeconds(5));

        var report = _meter.Advance("Moving", done, total);

        Assert.NotNull(report);
        Assert.Equal((100, 0), (report.PercentComplete, report.SecondsRemaining));
    }
}
