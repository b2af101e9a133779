using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>A group of the customer's directory with the licenses that it assigns to its direct members.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="Name">Its name; the id where it has none.</param>
/// <param name="Licenses">The licenses, with the service plans of each.</param>
/// <param name="IsProcessing">Whether its members still follow a change of its licenses.</param>
internal sealed record LicenseGroup(GroupId Id, string Name, IReadOnlyList<UserLicense> Licenses, bool IsProcessing)
{
    /// <summary>The directory SKUs that it assigns.</summary>
    public IEnumerable<SkuId> SkuIds => Licenses.Select(license => license.SkuId).Known();

    /// <summary>Whether the group assigns a directory SKU.</summary>
    public bool Assigns(SkuId skuId) => LicenseOf(skuId) is not null;

    /// <summary>What the group assigns of a directory SKU; null where nothing.</summary>
    public UserLicense? LicenseOf(SkuId skuId) => Licenses.FirstOrDefault(license => license.SkuId.Is(skuId));

    /// <summary>The service plans that are off in what the group assigns of a directory SKU.</summary>
    public IReadOnlyList<ServicePlanId> SwitchedOffIn(SkuId skuId) => LicenseOf(skuId)?.SwitchedOff ?? [];
}
