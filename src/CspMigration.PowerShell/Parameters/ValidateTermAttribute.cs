using System;

namespace CspMigration.PowerShell.Parameters;

/// <summary>A term as an ISO 8601 period of days, months or years.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ValidateTermAttribute : ValidateFormatAttribute
{
    public ValidateTermAttribute()
        : base("P[0-9]+[DMY]", "a term: P1M for a month, P1Y for a year, P3Y for three")
    {
    }
}
