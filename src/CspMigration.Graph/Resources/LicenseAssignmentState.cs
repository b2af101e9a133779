using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.Graph.Resources;

/// <summary>One assignment of a SKU to a user, directly or by a group (learn.microsoft.com/graph/api/resources/licenseassignmentstate).</summary>
internal sealed class LicenseAssignmentState
{
    private LicenseAssignmentState(ResourceReader json)
    {
        SkuId = json.Id<IdKind.Sku>("skuId");
        GroupId = json.Id<IdKind.Group>("assignedByGroup");
        DisabledPlans = [.. json.Texts("disabledPlans").Select(Id<IdKind.ServicePlan>.From)];
        Error = json.Text("error") is { } error && !string.Equals(error, "None", StringComparison.OrdinalIgnoreCase) ? error : null;
        var state = json.Text("state");

        // One that failed gives the user nothing. Words that are not known count as held: unknown is never none.
        IsHeld = !string.Equals(state, "Error", StringComparison.OrdinalIgnoreCase) && !string.Equals(state, "Disabled", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The directory SKU.</summary>
    public SkuId? SkuId { get; }

    /// <summary>The group that assigns it; null for a direct assignment.</summary>
    public GroupId? GroupId { get; }

    /// <summary>The ids of the service plans that this assignment switches off.</summary>
    public IReadOnlyList<ServicePlanId> DisabledPlans { get; }

    /// <summary>Whether the user has the license from it.</summary>
    public bool IsHeld { get; }

    /// <summary>Why it could not be assigned, as the service's word; null where it could.</summary>
    public string? Error { get; }

    public static LicenseAssignmentState Read(ResourceReader json) => new(json);
}
