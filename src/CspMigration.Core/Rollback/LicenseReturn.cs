using System.Collections.Generic;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>How the licenses of a migration go back.</summary>
internal sealed class LicenseReturn
{
    /// <summary>No license has to change.</summary>
    public static readonly LicenseReturn None = new();

    /// <summary>One update a user.</summary>
    public IReadOnlyList<LicenseUpdate> Updates { get; init; } = [];

    /// <summary>One exchange a group, after the users: who holds the target from the group keeps it until then.</summary>
    public IReadOnlyList<GroupReturn> Groups { get; init; } = [];

    /// <summary>Users who were moved, and whose licenses the service does not show: whether they hold the target is not known.</summary>
    public IReadOnlyList<User> Unread { get; init; } = [];

    /// <summary>What the user should know before; null where there is nothing.</summary>
    public string? Warning { get; init; }
}
