using System.Collections.Generic;
using CspMigration.Core.Users;

namespace CspMigration.Core.Rollback;

/// <summary>How the license of a group goes back.</summary>
/// <param name="Update">The exchange.</param>
/// <param name="To">The directory SKU that it assigned before the migration.</param>
/// <param name="SwitchedOff">The service plan ids that are switched off in it.</param>
/// <param name="Exchange">What members lose and get by it.</param>
/// <param name="IsMade">Whether the group assigns it already: an interrupted rollback has only to wait for the members.</param>
internal sealed record GroupReturn(GroupUpdate Update, SkuId To, IReadOnlyList<ServicePlanId> SwitchedOff, GroupExchange Exchange, bool IsMade)
{
    public LicenseGroup Group => Update.Group;
}
