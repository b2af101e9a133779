using System;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Sandbox.State;

/// <summary>The sandbox's time: that of the injected provider plus what the clock control added.</summary>
internal sealed class SandboxClock
{
    // A later time would leave no room for terms and retention.
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _time;
    private long _added;

    public SandboxClock(TimeProvider time)
    {
        _time = time;
    }

    public DateTimeOffset Now => _time.GetUtcNow().AddTicks(Interlocked.Read(ref _added));

    /// <summary>Moves the clock forward; the next reader sees the effects.</summary>
    public void Advance(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            throw new ArgumentException("The clock only moves forward.", nameof(by));
        }

        if (by > Latest - Now)
        {
            throw new ArgumentException("The clock ends with the year 9000.", nameof(by));
        }

        _ = Interlocked.Add(ref _added, by.Ticks);
    }

    public Task Wait(TimeSpan duration, CancellationToken cancellationToken) =>
        duration <= TimeSpan.Zero ? Task.CompletedTask : _time.Delay(duration, cancellationToken);
}
