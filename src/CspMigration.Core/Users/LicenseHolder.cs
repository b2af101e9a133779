using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>A user and the licenses read for them.</summary>
internal sealed class LicenseHolder
{
    /// <summary>For so long what a user holds is taken to stay as it was read.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly IReadOnlyList<UserLicense> _licenses;
    private readonly IReadOnlyList<LicenseAssignment>? _assignments;

    /// <param name="user">The user.</param>
    /// <param name="licenses">What the user holds.</param>
    /// <param name="readAt">When that was read, as a timestamp of the operation's clock; null where it has changed since.</param>
    /// <param name="assignments">Where the licenses come from, with those that failed; null where the service does not say.</param>
    /// <param name="isEnabled">Whether the account can sign in; null where the service does not say.</param>
    public LicenseHolder(User user, IReadOnlyList<UserLicense> licenses, long? readAt, IReadOnlyList<LicenseAssignment>? assignments = null, bool? isEnabled = null)
    {
        _assignments = assignments;
        IsEnabled = isEnabled;
        User = user;
        ReadAt = readAt;
        _licenses = licenses;
    }

    public User User { get; }

    /// <summary>When it was read; null where it has changed since.</summary>
    public long? ReadAt { get; }

    /// <summary>Whether the account can sign in; null where the service does not say.</summary>
    public bool? IsEnabled { get; }

    /// <summary>The groups that assign a directory SKU, none where it is assigned directly alone; null where the service does not say.</summary>
    public IReadOnlyList<GroupId>? GroupsOf(SkuId skuId)
    {
        return _assignments is null ? null : [.. _assignments.Where(assignment => assignment.IsHeld && assignment.SkuId.Is(skuId)).Select(assignment => assignment.GroupId).Known()];
    }

    /// <summary>Whether a group is known to assign a directory SKU: it cannot be taken from the user then.</summary>
    public bool IsGroupHeld(SkuId skuId) => GroupsOf(skuId) is { Count: > 0 };

    /// <summary>Whether the user holds a directory SKU from one group.</summary>
    public bool HoldsFrom(GroupId groupId, SkuId skuId) => GroupsOf(skuId)?.Contains(groupId) == true;

    /// <summary>Whether a directory SKU is assigned to the user directly, by a group as well or not; where the service does not say, whether it is held.</summary>
    public bool HoldsDirectly(SkuId skuId)
    {
        return _assignments is null ? Holds(skuId) : _assignments.Any(assignment => assignment is { IsHeld: true, GroupId: null } && assignment.SkuId.Is(skuId));
    }

    /// <summary>Why a group could not bring the user to its licenses, as the service's word; null where it could.</summary>
    public string? ErrorOf(GroupId groupId) => _assignments?.FirstOrDefault(assignment => assignment.Error is not null && assignment.GroupId.Is(groupId))?.Error;

    /// <summary>Why a group could not assign one directory SKU to the user, or not take it away; null where nothing failed.</summary>
    public string? ErrorOf(GroupId groupId, SkuId skuId)
    {
        return _assignments?.FirstOrDefault(assignment => assignment.Error is not null && assignment.GroupId.Is(groupId) && assignment.SkuId.Is(skuId))?.Error;
    }

    /// <summary>Whether the user can use a directory SKU that they hold: it may be assigned, and out of service. Where the service does not say, whether it is held.</summary>
    public bool IsInService(SkuId skuId) => _assignments is null ? Holds(skuId) : _assignments.Any(assignment => assignment.IsInService && assignment.SkuId.Is(skuId));

    public bool Holds(SkuId skuId) => LicenseOf(skuId) is not null;

    /// <summary>Whether the user holds a license of any other directory SKU.</summary>
    public bool HoldsOtherThan(IReadOnlyCollection<SkuId> skuIds) => _licenses.Any(license => !(license.SkuId is { } skuId && skuIds.Contains(skuId)));

    /// <summary>Whether a move is made: all it sets is held, and nothing it takes, which is what is assigned directly.</summary>
    public bool IsMoved(IEnumerable<SkuId> from, IEnumerable<SkuId> to) => to.All(Holds) && !from.Any(HoldsDirectly);

    /// <summary>The user's license of a directory SKU; null where they hold none.</summary>
    public UserLicense? LicenseOf(SkuId skuId) => _licenses.FirstOrDefault(license => license.SkuId.Is(skuId));

    /// <summary>The same user, whose licenses have been changed since they were read.</summary>
    public LicenseHolder Changed() => new(User, _licenses, readAt: null, _assignments, IsEnabled);
}
