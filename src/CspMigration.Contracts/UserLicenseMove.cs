using System.Collections.Generic;

namespace CspMigration.Contracts;

/// <summary>One user's part of a <see cref="LicenseMove"/>.</summary>
public sealed record UserLicenseMove
{
    internal UserLicenseMove()
    {
    }

    /// <summary>The user's object id.</summary>
    public string UserId { get; internal init; } = "";

    /// <summary>The user's sign-in name.</summary>
    public string? UserPrincipalName { get; internal init; }

    /// <summary>What happened.</summary>
    public UserMoveOutcome Outcome { get; internal init; }

    /// <summary>Why it was not moved, and what to do; null where it was.</summary>
    public string? Reason { get; internal init; }

    /// <summary>Service plan ids switched off in the new license because they were off in the source.</summary>
    public IReadOnlyList<string> ExcludedPlans { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>Names of service plans that were switched off in the old license and have no counterpart in the new one.</summary>
    public IReadOnlyList<string> LostPlans { get; internal init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Empty;

    /// <summary>Service plan ids that were switched off in the old license, by the journal; null where it has not been asked.</summary>
    internal IReadOnlyList<string>? SwitchedOffPlans { get; init; }

    /// <summary>The sign-in name and the outcome.</summary>
    public override string ToString() => $"{UserPrincipalName ?? UserId}: {Outcome}";
}
