using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>What one user's single licence update clears and sets, for all sources of the customer together.</summary>
internal sealed class LicenseUpdate
{
    private LicenseUpdate(LicenseHolder holder, IReadOnlyList<LicensePlan> plans, PlanTransfer transfer, IReadOnlyList<string> assign)
    {
        Holder = holder;
        Plans = plans;
        Transfer = transfer;
        Assign = assign;
    }

    public LicenseHolder Holder { get; }

    /// <summary>The pools the user leaves.</summary>
    public IReadOnlyList<LicensePlan> Plans { get; }

    /// <summary>What becomes of switched-off service plans.</summary>
    public PlanTransfer Transfer { get; }

    /// <summary>The directory SKUs to set: those the user does not have yet.</summary>
    public IReadOnlyList<string> Assign { get; }

    /// <summary>The directory SKUs to clear.</summary>
    public IReadOnlyList<string> Remove => [.. Plans.Select(plan => plan.SourceSkuId)];

    /// <summary>The update of a user.</summary>
    /// <param name="holder">The user.</param>
    /// <param name="plans">The pools the user leaves, one or more.</param>
    /// <param name="skus">The tenant's SKUs, for the service plans of the targets.</param>
    public static LicenseUpdate For(LicenseHolder holder, IReadOnlyList<LicensePlan> plans, IReadOnlyList<SubscribedSku> skus)
    {
        var targets = plans.Select(plan => plan.TargetSkuId).OfType<string>().Distinct(System.StringComparer.OrdinalIgnoreCase).ToList();
        var targetSkus = skus.Where(sku => targets.Exists(target => CustomerView.Same(target, sku.SkuId))).ToList();

        // Which service plans a SKU has is known only when the tenant has it: a plan for the first purchase cannot tell.
        var transfer = targetSkus.Count < targets.Count || targets.Count == 0
            ? PlanTransfer.Unknown
            : PlanTransfer.From([.. plans.Select(plan => holder.LicenseOf(plan.SourceSkuId)).OfType<UserLicense>()], targetSkus);
        return new LicenseUpdate(holder, plans, transfer, [.. targets.Where(target => !holder.Holds(target))]);
    }
}
