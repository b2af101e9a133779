using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>
/// The units of one directory SKU, which a tenant pools over all its subscriptions (design rule 23): which of the
/// users who hold one depend on a certain subscription cannot be told, only how many.
/// </summary>
internal sealed class LicensePool
{
    private LicensePool(int active, int consumed)
    {
        Active = active;
        Consumed = consumed;
    }

    /// <summary>Units of all subscriptions in service.</summary>
    public int Active { get; }

    /// <summary>Units that users hold.</summary>
    public int Consumed { get; }

    /// <summary>Units less holders; negative where more are held than there are.</summary>
    public int Balance => Active - Consumed;

    /// <summary>Units nobody holds.</summary>
    public int Free => Math.Max(0, Active - Consumed);

    /// <summary>The pool of a SKU; empty where the tenant has none of it.</summary>
    public static LicensePool Of(IReadOnlyList<SubscribedSku> skus, string skuId)
    {
        var sku = skus.FirstOrDefault(other => CustomerView.Same(other.SkuId, skuId));
        return new LicensePool(sku?.ActiveUnits ?? 0, sku?.ConsumedUnits ?? 0);
    }

    /// <summary>Units left when subscriptions with so many seats go.</summary>
    public int UnitsStaying(int seatsGoing) => Math.Max(0, Active - seatsGoing);

    /// <summary>Users who are left without a unit when subscriptions with so many seats go.</summary>
    public int UsersToMove(int seatsGoing) => Math.Max(0, Consumed - UnitsStaying(seatsGoing));
}
