using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>
/// What becomes of the service plans an admin switched off in the old licenses (docs/rules.md, rule 11): those a new SKU has, by
/// plan id, then by service name, stay off; the others are lost, because there is nothing to switch off. A plan that is
/// on in another of the old licenses stays on.
/// </summary>
internal sealed class ServicePlanTransfer
{
    /// <summary>Where it is not known yet.</summary>
    public static readonly ServicePlanTransfer Unknown = new([], new Dictionary<SkuId, IReadOnlyList<ServicePlanId>>(), []);

    private readonly IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>> _excluded;

    private ServicePlanTransfer(IReadOnlyList<ServicePlanId> switchedOff, IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>> excluded, IReadOnlyList<string> lost)
    {
        SwitchedOff = switchedOff;
        _excluded = excluded;
        Lost = lost;
    }

    /// <summary>The plan ids switched off in the old licenses.</summary>
    public IReadOnlyList<ServicePlanId> SwitchedOff { get; }

    /// <summary>The plan ids to switch off, of all new SKUs.</summary>
    public IReadOnlyList<ServicePlanId> Excluded => [.. _excluded.Values.SelectMany(plans => plans).Distinct()];

    /// <summary>The names of plans without a counterpart.</summary>
    public IReadOnlyList<string> Lost { get; }

    /// <summary>The plan ids to switch off in one of the new SKUs.</summary>
    public IReadOnlyList<ServicePlanId> ExcludedIn(SkuId skuId) => _excluded.TryGetValue(skuId, out var plans) ? plans : [];

    /// <summary>What becomes of the plans where the targets are named by their SKUs. Which plans a SKU has is known only when the tenant has it.</summary>
    /// <param name="targets">The new SKUs; none where a plan does not know them yet.</param>
    /// <param name="old">The licenses that go.</param>
    /// <param name="skus">The tenant's SKUs.</param>
    /// <param name="isHeld">Whether one of the new SKUs is held already.</param>
    public static ServicePlanTransfer To(IReadOnlyList<SkuId> targets, IReadOnlyList<UserLicense> old, IReadOnlyList<SubscribedSku> skus, Func<SkuId, bool> isHeld)
    {
        var targetSkus = skus.Where(sku => targets.Any(target => target.Is(sku.SkuId))).ToList();
        return targetSkus.Count < targets.Count || targets.Count == 0 ? Unknown : From(old, targetSkus, isHeld);
    }

    /// <summary>What becomes of the plans. To a license that the user holds already nothing is set, and so nothing is lost in it.</summary>
    /// <param name="old">The licenses the user loses.</param>
    /// <param name="targets">The new SKUs, with the service plans of each.</param>
    /// <param name="isHeld">Whether the user holds one of the new SKUs already.</param>
    private static ServicePlanTransfer From(IReadOnlyList<UserLicense> old, IReadOnlyList<SubscribedSku> targets, Func<SkuId, bool> isHeld)
    {
        var isOn = old.SelectMany(license => license.ServicePlans).Where(plan => !plan.IsSwitchedOff).ToList();
        var switchedOff = old.SelectMany(license => license.ServicePlans)
            .Where(plan => plan is { IsSwitchedOff: true, Id: not null } && !isOn.Exists(other => other.Id.Is(plan.Id)))
            .GroupBy(plan => plan.Id!.Value)
            .Select(plans => plans.First())
            .ToList();
        var excluded = new Dictionary<SkuId, IReadOnlyList<ServicePlanId>>();
        var kept = new HashSet<ServicePlan>();
        foreach (var target in targets.Where(target => target.SkuId is not null))
        {
            var plans = new List<ServicePlanId>();
            foreach (var plan in switchedOff)
            {
                if (Counterpart(plan, target.ServicePlans)?.Id is { } id)
                {
                    plans.Add(id);
                    _ = kept.Add(plan);
                }
            }

            if (!isHeld(target.SkuId!.Value))
            {
                excluded[target.SkuId!.Value] = [.. plans.Distinct()];
            }
        }

        return new ServicePlanTransfer(
            [.. switchedOff.Select(plan => plan.Id!.Value)],
            excluded,
            excluded.Count == 0 ? [] : [.. switchedOff.Where(plan => !kept.Contains(plan)).Select(plan => plan.ServiceName ?? plan.DisplayName ?? plan.Id!.Value.ToString())]);
    }

    private static ServicePlan? Counterpart(ServicePlan plan, IReadOnlyList<ServicePlan> targetPlans)
    {
        return targetPlans.FirstOrDefault(other => other.Id.Is(plan.Id))
            ?? targetPlans.FirstOrDefault(other => ServiceWord.Is(other.ServiceName, plan.ServiceName));
    }
}
