using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Pacing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Pacing;

public sealed class SlidingCountTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // What the count may keep too long, so as not to keep every event.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void It_counts_every_event_of_the_last_minute_and_none_much_older()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<ushort[]>(), gaps =>
        {
            var count = new SlidingCount();
            var events = new List<TimeSpan>();
            var now = TimeSpan.Zero;
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap);
                count.Add(now);
                events.Add(now);
                Assert.InRange(count.Count(now), events.Count(moment => now - moment <= Minute), events.Count(moment => now - moment <= Minute + Grain));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void It_says_when_it_will_have_fallen_below_a_number_and_not_earlier()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<ushort[]>(), ArbMap.Default.ArbFor<byte>(), (gaps, number) =>
        {
            var count = new SlidingCount();
            var now = TimeSpan.Zero;
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap);
                count.Add(now);
            }

            var wanted = number + 1;
            var wait = count.TimeUntilBelow(wanted, now);
            if (wait > TimeSpan.FromTicks(1))
            {
                Assert.True(count.Count(now + wait - TimeSpan.FromTicks(1)) >= wanted);
            }

            Assert.True(count.Count(now + wait) < wanted);
        }).QuickCheckThrowOnFailure();
    }
}
