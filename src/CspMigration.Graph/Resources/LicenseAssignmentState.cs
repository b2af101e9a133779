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
        var (isHeld, isInService, hasError) = Read(json.Text("state"));
        (IsHeld, IsInService) = (isHeld, isInService);
        Error = json.Text("error") is { } error && !string.Equals(error, "None", StringComparison.OrdinalIgnoreCase) ? error
            : hasError ? "an error"
            : null;
    }

    /// <summary>The directory SKU.</summary>
    public SkuId? SkuId { get; }

    /// <summary>The group that assigns it; null for a direct assignment.</summary>
    public GroupId? GroupId { get; }

    /// <summary>The ids of the service plans that this assignment switches off.</summary>
    public IReadOnlyList<ServicePlanId> DisabledPlans { get; }

    /// <summary>Whether the user has the license from it, and a seat is taken for it.</summary>
    public bool IsHeld { get; }

    /// <summary>Whether it gives the user what the license has.</summary>
    public bool IsInService { get; }

    /// <summary>Why it could not be assigned, or what was to be changed of it could not, as the service's word; null where nothing failed.</summary>
    public string? Error { get; }

    public static LicenseAssignmentState Read(ResourceReader json) => new(json);

    // The page names four states and explains Error alone: what is assigned stands in each of the others (docs/licenses.md, "The state of a
    // license"). A word that is not known is no reason to think that the user has nothing.
    private static (bool IsHeld, bool IsInService, bool HasError) Read(string? state) => state?.ToUpperInvariant() switch
    {
        "ERROR" => (false, false, true),
        "ACTIVEWITHERROR" => (true, true, true),
        "DISABLED" => (true, false, false),
        _ => (true, true, false),
    };
}
