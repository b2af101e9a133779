using System;

namespace CspMigration.Core.Threading;

/// <summary>How long to wait between two looks at what the service carries out: often at first, then every half minute.</summary>
internal static class PollingPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The first.</summary>
    public static TimeSpan First { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The one after another.</summary>
    public static TimeSpan After(TimeSpan pause)
    {
        var longer = TimeSpan.FromTicks(pause.Ticks * 2);
        return longer > Longest ? Longest : longer;
    }
}
