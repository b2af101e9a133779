using System;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Reads a day as the user wrote it.</summary>
internal static class UtcMoment
{
    /// <summary>
    /// The moment in UTC. A date without a time is that day wherever the user sits: as local midnight, east of Greenwich
    /// it would be the day before.
    /// </summary>
    public static DateTimeOffset? OfDay(DateTime? date)
    {
        return date is not { } written ? null
            : written.Kind != DateTimeKind.Utc && written.TimeOfDay == TimeSpan.Zero ? new DateTimeOffset(DateTime.SpecifyKind(written, DateTimeKind.Utc))
            : new DateTimeOffset(written.ToUniversalTime());
    }
}
