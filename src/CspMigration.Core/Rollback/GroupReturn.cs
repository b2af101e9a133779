using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Users;

namespace CspMigration.Core.Rollback;

/// <summary>How the license of a group goes back.</summary>
/// <param name="Update">The exchange.</param>
/// <param name="Exchange">What members lose and get by it.</param>
/// <param name="IsMade">Whether the group assigns it already: an interrupted rollback has only to wait for the members.</param>
internal sealed record GroupReturn(GroupUpdate Update, GroupExchange Exchange, bool IsMade)
{
    public LicenseGroup Group => Update.Group;

    /// <summary>The service plan ids that are switched off in what the group assigned before the migration.</summary>
    public IReadOnlyList<ServicePlanId> SwitchedOff => [.. Update.Targets.SelectMany(Exchange.SwitchedOffIn)];
}
