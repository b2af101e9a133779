using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.Graph.Resources;

/// <summary>A group with the SKUs that it assigns to its direct members (learn.microsoft.com/graph/api/resources/group).</summary>
internal sealed class GraphGroup
{
    /// <summary>What is asked for.</summary>
    public const string Properties = "id,displayName,assignedLicenses,licenseProcessingState";

    private GraphGroup(ResourceReader json)
    {
        Id = json.RequiredId<IdKind.Group>("id");
        DisplayName = json.Text("displayName");
        Licenses = [.. json.Resources("assignedLicenses").Select(license => new KeyValuePair<SkuId?, IReadOnlyList<ServicePlanId>>(license.Id<IdKind.Sku>("skuId"), [.. license.Texts("disabledPlans").Select(Id<IdKind.ServicePlan>.From)]))];

        // Without a word about it the members alone show whether the group is done.
        IsProcessing = json.Resource("licenseProcessingState")?.Text("state") is { } state && !string.Equals(state, "ProcessingComplete", StringComparison.OrdinalIgnoreCase);
    }

    public GroupId Id { get; }

    public string? DisplayName { get; }

    /// <summary>The directory SKUs, each with the service plan ids that are off in it.</summary>
    public IReadOnlyList<KeyValuePair<SkuId?, IReadOnlyList<ServicePlanId>>> Licenses { get; }

    /// <summary>Whether its members still follow a change of its licenses.</summary>
    public bool IsProcessing { get; }

    public static GraphGroup Read(ResourceReader json) => new(json);
}
