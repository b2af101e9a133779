using System;
using System.Globalization;

namespace CspMigration.Contracts;

/// <summary>What one method would cost for a source, and until when it could be reduced or taken back.</summary>
public sealed record MethodPreview
{
    internal MethodPreview()
    {
    }

    /// <summary>The method.</summary>
    public MigrationMethod Method { get; internal init; }

    /// <summary>Whether the source can get its target by it.</summary>
    public bool IsAvailable { get; internal init; }

    /// <summary>Why not; null where it can.</summary>
    public string? Reason { get; internal init; }

    /// <summary>From when the target would be there, UTC; null where that is not known, or the method is not available.</summary>
    public DateTimeOffset? EffectiveOn { get; internal init; }

    /// <summary>For how many days source and target would both be billed; null where that is not known, or the method is not available.</summary>
    public int? OverlapDays { get; internal init; }

    /// <summary>The last moment, UTC, at which seats of the target can be reduced; null where there is none or it is not known, which <see cref="Reduction"/> says.</summary>
    public DateTimeOffset? ReducibleUntil { get; internal init; }

    /// <summary>Until when seats of the target can be reduced, in words: <c>until 2027-01-13</c>, <c>at any time</c> or <c>unknown</c>; null where the method is not available.</summary>
    public string? Reduction { get; internal init; }

    /// <summary>The last moment, UTC, at which the target can be canceled; null where there is none or it is not known, which <see cref="Cancellation"/> says.</summary>
    public DateTimeOffset? CancelableUntil { get; internal init; }

    /// <summary>Until when the target can be canceled, in words as <see cref="Reduction"/>.</summary>
    public string? Cancellation { get; internal init; }

    /// <summary>The method, the days on which both are billed, and until when it can be reduced and canceled.</summary>
    public override string ToString() => IsAvailable
        ? $"{Method}: both billed for {OverlapDays?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} days, fewer seats {Reduction}, canceled {Cancellation}"
        : $"{Method}: not available";
}
