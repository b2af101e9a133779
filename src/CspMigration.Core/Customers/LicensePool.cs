using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>
/// The units of one directory SKU as the service counts them, pooled over all subscriptions of a tenant (docs/rules.md, rule 23). A number
/// that the service does not send is unknown, not zero: using it is <c>HoldersUnknown</c>.
/// </summary>
internal sealed class LicensePool
{
    private readonly SkuId? _skuId;
    private readonly int? _active;
    private readonly int? _consumed;

    private LicensePool(SkuId? skuId, int? active, int? consumed)
    {
        _skuId = skuId;
        _active = active;
        _consumed = consumed;
    }

    /// <summary>Units of all subscriptions in service.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>.</exception>
    public int Active => _active ?? throw Unknown($"The service does not say how many units of the SKU {_skuId} are active.");

    /// <summary>Units that users hold.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>.</exception>
    public int Consumed => _consumed ?? throw Unknown($"The service does not say how many users hold the SKU {_skuId}.");

    /// <summary>Whether both numbers are there.</summary>
    public bool IsKnown => _active is not null && _consumed is not null;

    /// <summary>Units less holders; negative where more are held than there are.</summary>
    public int Balance => Active - Consumed;

    /// <summary>Units that are not held.</summary>
    public int Free => Math.Max(0, Balance);

    /// <summary>The pool of a SKU; empty where the tenant has none of it, and where none is known.</summary>
    public static LicensePool Of(IReadOnlyList<SubscribedSku> skus, SkuId? skuId)
    {
        return skus.FirstOrDefault(other => other.SkuId.Is(skuId)) is { } sku ? new LicensePool(skuId, sku.ActiveUnits, sku.ConsumedUnits) : new LicensePool(skuId, 0, 0);
    }

    /// <summary>The pool of a SKU of which the tenant has subscriptions: where it is not listed, nothing is known of it.</summary>
    public static LicensePool OfListed(IReadOnlyList<SubscribedSku> skus, SkuId skuId)
    {
        return skus.Any(other => other.SkuId.Is(skuId)) ? Of(skus, skuId) : new LicensePool(skuId, active: null, consumed: null);
    }

    /// <summary>The same pool with no more active units than can be accounted for.</summary>
    public LicensePool AtMost(int active) => new(_skuId, Math.Min(Active, active), _consumed);

    private static CspMigrationException Unknown(string message) => ErrorCatalog.HoldersUnknown.Exception(message);
}
