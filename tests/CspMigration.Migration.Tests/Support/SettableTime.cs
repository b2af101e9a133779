using System;

namespace CspMigration.Migration.Tests.Support;

/// <summary>A date that stands still until told to go on; what waits, waits in real time.</summary>
internal sealed class SettableTime : TimeProvider
{
    private DateTimeOffset _now;

    public SettableTime(DateTimeOffset now) => _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    public void Set(DateTimeOffset now) => _now = now;
}
