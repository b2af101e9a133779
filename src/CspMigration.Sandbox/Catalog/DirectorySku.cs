using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Catalog;

/// <summary>A SKU that the directory assigns to users; several offers can provision the same one.</summary>
internal sealed class DirectorySku
{
    public DirectorySku(
        string id, string partNumber, string name, string targetType, string licenseGroup, IReadOnlyList<ServicePlan> plans)
    {
        Id = id;
        PartNumber = partNumber;
        Name = name;
        TargetType = targetType;
        LicenseGroup = licenseGroup;
        Plans = plans;
    }

    /// <summary>Lower case, as in subscribedSkus; offers and provisioning status have it in upper case.</summary>
    public string Id { get; }

    public string PartNumber { get; }

    public string Name { get; }

    public string TargetType { get; }

    public string LicenseGroup { get; }

    public IReadOnlyList<ServicePlan> Plans { get; }

    public bool IsAssignable => TargetType == "User";

    public ServicePlan? Plan(string id) => Plans.FirstOrDefault(plan => AnyCase.AreEqual(plan.Id, id));
}
