using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration;

/// <summary>
/// What becomes of the service plans an admin switched off in the old licence (design rule 11): those the new SKU has,
/// by plan id, then by service name, stay off; the others are lost, because there is nothing to switch off.
/// </summary>
internal sealed class PlanTransfer
{
    /// <summary>Where nobody can tell yet.</summary>
    public static readonly PlanTransfer Unknown = new([], [], []);

    private PlanTransfer(IReadOnlyList<string> switchedOff, IReadOnlyList<string> excluded, IReadOnlyList<string> lost)
    {
        SwitchedOff = switchedOff;
        Excluded = excluded;
        Lost = lost;
    }

    /// <summary>The plan ids switched off in the old licence.</summary>
    public IReadOnlyList<string> SwitchedOff { get; }

    /// <summary>The plan ids to switch off in the new licence.</summary>
    public IReadOnlyList<string> Excluded { get; }

    /// <summary>The names of plans without a counterpart.</summary>
    public IReadOnlyList<string> Lost { get; }

    public static PlanTransfer From(UserLicense old, IReadOnlyList<ServicePlan> targetPlans)
    {
        var excluded = new List<string>();
        var lost = new List<string>();
        var switchedOff = old.ServicePlans.Where(plan => plan.IsSwitchedOff && plan.Id is not null).ToList();
        foreach (var plan in switchedOff)
        {
            var counterpart = targetPlans.FirstOrDefault(other => CustomerView.Same(other.Id, plan.Id))
                ?? targetPlans.FirstOrDefault(other => CustomerView.Same(other.ServiceName, plan.ServiceName));
            if (counterpart?.Id is { } id)
            {
                excluded.Add(id);
            }
            else
            {
                lost.Add(plan.ServiceName ?? plan.DisplayName ?? plan.Id!);
            }
        }

        return new PlanTransfer([.. switchedOff.Select(plan => plan.Id!)], [.. excluded.Distinct()], lost);
    }
}
