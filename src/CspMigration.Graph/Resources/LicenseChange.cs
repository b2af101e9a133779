using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace CspMigration.Graph.Resources;

/// <summary>What the assignments of one user, or one group, are to become: all of it at once, or nothing.</summary>
/// <param name="Id">The user or the group.</param>
/// <param name="Add">The SKUs to assign, each with the service plan ids to switch off in it.</param>
/// <param name="Remove">The SKUs to remove.</param>
internal sealed record LicenseChange<TKind>(Id<TKind> Id, IReadOnlyList<KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>> Add, IReadOnlyList<SkuId> Remove)
    where TKind : struct
{
    /// <summary>The body of <c>assignLicense</c>, in which both lists have to be.</summary>
    public JObject ToJson() => new()
    {
        ["addLicenses"] = new JArray(Add.Select(sku => new JObject
        {
            ["skuId"] = sku.Key.ToString(),
            ["disabledPlans"] = new JArray(sku.Value.Select(plan => plan.ToString())),
        }).Cast<object>().ToArray()),
        ["removeLicenses"] = new JArray(Remove.Select(sku => sku.ToString())),
    };
}
