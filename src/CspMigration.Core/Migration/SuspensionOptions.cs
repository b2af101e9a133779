using CspMigration.Contracts;

namespace CspMigration.Core.Migration;

/// <summary>How an old subscription is to end.</summary>
public sealed class SuspensionOptions
{
    /// <summary>Why.</summary>
    public SuspensionReason Reason { get; set; }
}
