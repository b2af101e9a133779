using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Licenses;

/// <summary>A target whose users are to be moved, or only counted.</summary>
public sealed class LicenseMoveRequest
{
    /// <param name="target">What the first step gave.</param>
    /// <param name="planOnly">Whether nothing is to be sent.</param>
    public LicenseMoveRequest(TargetSubscription target, bool planOnly)
    {
        Target = target;
        IsPlanOnly = planOnly || target.IsPlanned;
    }

    /// <summary>What the first step gave.</summary>
    public TargetSubscription Target { get; }

    /// <summary>Whether nothing is to be sent.</summary>
    public bool IsPlanOnly { get; }

    /// <summary>The groups whose license may be exchanged for this move, by id, each with its number of members when that was confirmed.</summary>
    internal IReadOnlyDictionary<GroupId, int> Groups { get; init; } = new Dictionary<GroupId, int>();

    /// <summary>Reads groups for this request and those that come after it.</summary>
    internal GroupsToSwitch GroupReader { get; init; } = new();
}
