using System;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A service plan of a SKU, or of a user's licence.</summary>
internal sealed class ServicePlan
{
    private ServicePlan(ResourceReader json)
    {
        Id = json.Text("id");
        ServiceName = json.Text("serviceName");
        DisplayName = json.Text("displayName");
        var status = json.Text("capabilityStatus");
        IsSwitchedOff = string.Equals(status, "Disabled", StringComparison.OrdinalIgnoreCase)
            || string.Equals(status, "Deleted", StringComparison.OrdinalIgnoreCase);
    }

    public string? Id { get; }

    /// <summary>The technical name, such as <c>EXCHANGE_S_FOUNDATION</c>.</summary>
    public string? ServiceName { get; }

    public string? DisplayName { get; }

    /// <summary>Whether an admin switched it off in the user's licence. Words nobody knows count as on: nobody loses a service to a new word.</summary>
    public bool IsSwitchedOff { get; }

    public static ServicePlan Read(ResourceReader json) => new(json);
}
