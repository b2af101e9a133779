using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>A user and the licences read for them.</summary>
internal sealed class LicenseHolder
{
    private readonly IReadOnlyList<UserLicense> _licenses;

    public LicenseHolder(User user, IReadOnlyList<UserLicense> licenses)
    {
        User = user;
        _licenses = licenses;
    }

    public User User { get; }

    public bool Holds(string skuId) => LicenseOf(skuId) is not null;

    /// <summary>Whether the user holds a licence of any other directory SKU.</summary>
    public bool HoldsOtherThan(IReadOnlyCollection<string> skuIds) => _licenses.Any(license => !skuIds.Contains(license.SkuId, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a move is made: all it sets is held, and nothing it takes.</summary>
    public bool IsMoved(IEnumerable<string> from, IEnumerable<string> to) => to.All(Holds) && !from.Any(Holds);

    /// <summary>The user's licence of a directory SKU; null where they hold none.</summary>
    public UserLicense? LicenseOf(string skuId) => _licenses.FirstOrDefault(license => CustomerView.Same(license.SkuId, skuId));
}
