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
    private readonly IReadOnlyDictionary<SkuId, IReadOnlyList<GroupId>>? _groups;

    /// <param name="user">The user.</param>
    /// <param name="licenses">What the user holds.</param>
    /// <param name="readAt">When that was read, as a timestamp of the operation's clock; null where it has changed since.</param>
    /// <param name="groups">The groups that assign each directory SKU; null where the service does not say.</param>
    /// <param name="isEnabled">Whether the account can sign in; null where the service does not say.</param>
    public LicenseHolder(
        User user, IReadOnlyList<UserLicense> licenses, long? readAt, IReadOnlyDictionary<SkuId, IReadOnlyList<GroupId>>? groups = null, bool? isEnabled = null)
    {
        _groups = groups;
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
    public IReadOnlyList<GroupId>? GroupsOf(SkuId skuId) => _groups is null ? null : _groups.TryGetValue(skuId, out var groups) ? groups : [];

    /// <summary>Whether a group is known to assign a directory SKU: it cannot be taken from the user then.</summary>
    public bool IsGroupHeld(SkuId skuId) => GroupsOf(skuId) is { Count: > 0 };

    public bool Holds(SkuId skuId) => LicenseOf(skuId) is not null;

    /// <summary>Whether the user holds a license of any other directory SKU.</summary>
    public bool HoldsOtherThan(IReadOnlyCollection<SkuId> skuIds) => _licenses.Any(license => !(license.SkuId is { } skuId && skuIds.Contains(skuId)));

    /// <summary>Whether a move is made: all it sets is held, and nothing it takes.</summary>
    public bool IsMoved(IEnumerable<SkuId> from, IEnumerable<SkuId> to) => to.All(Holds) && !from.Any(Holds);

    /// <summary>The user's license of a directory SKU; null where they hold none.</summary>
    public UserLicense? LicenseOf(SkuId skuId) => _licenses.FirstOrDefault(license => license.SkuId.Is(skuId));

    /// <summary>The same user, whose licenses have been changed since they were read.</summary>
    public LicenseHolder Changed() => new(User, _licenses, readAt: null, _groups, IsEnabled);
}
