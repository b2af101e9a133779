using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>Users who were moved and have been deleted since.</summary>
internal static class DeletedUsers
{
    /// <summary>A line about them; null where there are none.</summary>
    // No one can restore a license to someone who has left: it is no reason to keep the target.
    public static string? WarningOf(IEnumerable<User> deleted)
    {
        var names = deleted.Select(user => user.Name).OrderBy(name => name, StringComparer.OrdinalIgnoreCase).ToList();
        var (were, have) = names.Count == 1 ? ("was", "has") : ("were", "have");
        return names.Count == 0
            ? null
            : $"{Enumeration.Count(names.Count, "user")} who {were} moved {have} been deleted since and cannot get the old license back: {Enumeration.OfSome(names)}.";
    }
}
