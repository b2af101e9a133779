using System;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A service plan of a SKU, or of a user's license.</summary>
internal sealed class ServicePlan
{
    private ServicePlan(ResourceReader json)
    {
        Id = json.Id<IdKind.ServicePlan>("id");
        ServiceName = json.Text("serviceName");
        DisplayName = json.Text("displayName");
        var status = json.Text("capabilityStatus");
        IsSwitchedOff = string.Equals(status, "Disabled", StringComparison.OrdinalIgnoreCase)
            || string.Equals(status, "Deleted", StringComparison.OrdinalIgnoreCase);
    }

    private ServicePlan(ServicePlanId? id, string? serviceName, bool isSwitchedOff)
    {
        Id = id;
        ServiceName = serviceName;
        IsSwitchedOff = isSwitchedOff;
    }

    public ServicePlanId? Id { get; }

    /// <summary>The technical name, such as <c>EXCHANGE_S_FOUNDATION</c>.</summary>
    public string? ServiceName { get; }

    public string? DisplayName { get; }

    /// <summary>Whether an admin switched it off in the user's license. Unknown words count as on: no user loses a service to a new word.</summary>
    public bool IsSwitchedOff { get; }

    /// <summary>A service plan of which no more than this is known.</summary>
    public static ServicePlan Of(ServicePlanId? id, string? serviceName, bool isSwitchedOff) => new(id, serviceName, isSwitchedOff);

    public static ServicePlan Read(ResourceReader json) => new(json);
}
