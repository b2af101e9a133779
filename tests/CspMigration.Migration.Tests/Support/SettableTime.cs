using System;
using System.Globalization;

namespace CspMigration.Migration.Tests.Support;

/// <summary>A date that stands still until told to go on; what waits, waits in real time.</summary>
internal sealed class SettableTime : TimeProvider
{
    private DateTimeOffset _now;

    public SettableTime(string now) => _now = Moment(now);

    public static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    public void Set(string now) => _now = Moment(now);
}
