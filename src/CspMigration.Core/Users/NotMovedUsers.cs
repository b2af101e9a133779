using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Users;

/// <summary>Sums up in words why users were not moved: by cause, each with a few of the users.</summary>
public static class NotMovedUsers
{
    /// <summary>Whether someone still has the old license alone.</summary>
    public static bool IsNotMoved(UserLicenseMove user) => user.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved);

    /// <summary>The causes, the most frequent first, each with its users in the order given: <c>2 have no usage location (ada@contoso.com, bob@contoso.com), 1 holds it through a group (…)</c>.</summary>
    /// <param name="users">Users who were not moved.</param>
    /// <param name="nameOf">What to call each.</param>
    public static string Sum(IEnumerable<UserLicenseMove> users, Func<UserLicenseMove, string> nameOf)
    {
        return string.Join(", ", users
            .GroupBy(user => user.Outcome)
            .OrderByDescending(cause => cause.Count())
            .Select(cause => string.Format(CultureInfo.InvariantCulture, "{0} {1}", cause.Count(), Describe(cause.Key, [.. cause], nameOf))));
    }

    private static string Describe(UserMoveOutcome cause, List<UserLicenseMove> users, Func<UserLicenseMove, string> nameOf)
    {
        var isOne = users.Count == 1;
        var names = Enumeration.OfSome(users.Select(nameOf));
        return cause switch
        {
            UserMoveOutcome.NoUsageLocation => $"{(isOne ? "has" : "have")} no usage location ({names})",
            UserMoveOutcome.GroupHeld => $"{(isOne ? "holds" : "hold")} it through a group ({names})",
            UserMoveOutcome.NoFreeSeat => $"found no free seat ({names})",
            UserMoveOutcome.ConflictingPlans => $"{(isOne ? "has" : "have")} conflicting service plans ({names})",
            UserMoveOutcome.UserDeleted => $"{(isOne ? "has" : "have")} been deleted ({names})",
            UserMoveOutcome.Skipped => $"{(isOne ? "was" : "were")} left out ({names})",
            _ => $"{(isOne ? "was" : "were")} not moved for another reason ({names}){(isOne ? "" : ", the first")}: {users[0].Reason?.TrimEnd('.')}",
        };
    }
}
