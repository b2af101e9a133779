using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>
/// Why the licenses of a group must not be exchanged, as far as the group and its members show it (docs/rules.md, rule 31): the service
/// takes what a group assigned from a member to whom it cannot assign the rest.
/// </summary>
internal static class GroupChecks
{
    /// <summary>Why not; null where nothing speaks against it.</summary>
    /// <param name="group">The group.</param>
    /// <param name="members">Its members.</param>
    /// <param name="givesUsageLocation">Whether users without a usage location are given one.</param>
    public static GroupObstacle? FindObstacle(LicenseGroup group, IReadOnlyList<LicenseHolder> members, bool givesUsageLocation)
    {
        if (group.IsProcessing)
        {
            return new GroupObstacle("Its members still follow an earlier change.", Remedies.RunAgainLater());
        }

        var failing = members.Where(member => member.ErrorOf(group.Id) is not null).ToList();
        if (failing.Count > 0)
        {
            return Of(nameOf => $"It cannot assign its licenses to {Enumeration.Count(failing.Count, "member")} ({Enumeration.OfSome(failing.Select(member => $"{nameOf(member.User)}: {member.ErrorOf(group.Id)}"))}).", Remedies.FixGroupErrors());
        }

        var withoutLocation = givesUsageLocation ? [] : members.Where(member => member.User.UsageLocation is null).ToList();
        return withoutLocation.Count == 0 ? null
            : Of(nameOf => $"{Enumeration.Count(withoutLocation.Count, "member", "has", "have")} no usage location ({Enumeration.OfSome(withoutLocation.Select(member => nameOf(member.User)))}).", Remedies.SetLocations());
    }

    private static GroupObstacle Of(Func<Func<User, string>, string> problem, Remedy remedy)
    {
        return new GroupObstacle(problem(user => user.Name), remedy) { ProblemWithoutNames = problem(user => user.Id.ToString()) };
    }
}
