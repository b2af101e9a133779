using System.Collections.Generic;

namespace CspMigration.Core.Users;

/// <summary>How the members of a group have followed a change of its licenses.</summary>
/// <param name="Members">The members then.</param>
/// <param name="Direct">How it ended for each to whom the group could not assign its licenses.</param>
internal sealed record GroupFollowing(IReadOnlyList<LicenseHolder> Members, IReadOnlyDictionary<UserId, DirectAssignment> Direct);
