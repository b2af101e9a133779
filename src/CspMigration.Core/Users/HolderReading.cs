using System.Collections.Generic;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>The users found.</summary>
/// <param name="Users">Those who were read, in any order.</param>
/// <param name="Unread">Those whose licenses the service does not show.</param>
internal sealed record HolderReading(IReadOnlyCollection<LicenseHolder> Users, IReadOnlyCollection<User> Unread);
