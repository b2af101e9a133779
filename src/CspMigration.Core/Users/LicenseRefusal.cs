using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Http;

namespace CspMigration.Core.Users;

/// <summary>Why a license update is refused, and what to do (docs/partner-center.md §12, "Preconditions").</summary>
internal static class LicenseRefusal
{
    private static readonly Dictionary<string, UserMoveOutcome> ByReason = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LicenseQuotaExceeded"] = UserMoveOutcome.NoFreeSeat,
        ["InvalidUsageLocation"] = UserMoveOutcome.NoUsageLocation,
        ["GroupBasedLicense"] = UserMoveOutcome.GroupHeld,
        ["InvalidOperationOnGroupInheritedLicense"] = UserMoveOutcome.GroupHeld,
        ["MutuallyExclusiveServicePlans"] = UserMoveOutcome.ConflictingPlans,
    };

    // What the directory sends as text alone, under the code for any refusal:
    // github.com/microsoft/Partner-Center-DotNet-Samples/issues/131;
    // support.okta.com, "User license is inherited from a group membership and it cannot be removed directly from the user";
    // learn.microsoft.com/entra/fundamentals/licensing-groups-resolve-problems, "Conflicting service plans".
    private static readonly (string Text, UserMoveOutcome Outcome)[] ByText =
    [
        ("invalid usage location", UserMoveOutcome.NoUsageLocation),
        ("inherited from a group membership", UserMoveOutcome.GroupHeld),
        ("conflicting service plans", UserMoveOutcome.ConflictingPlans),

        // learn.microsoft.com/graph/api/user-assignlicense, and what is seen of it.
        ("mutually exclusive", UserMoveOutcome.ConflictingPlans),
        ("does not have any available licenses", UserMoveOutcome.NoFreeSeat),
    ];

    public static (UserMoveOutcome Outcome, string Reason) Read(CspMigrationException refusal)
    {
        var outcome = OutcomeOf(refusal);
        return (outcome, RemedyFor(outcome) is { } remedy ? $"{refusal.ServiceDescription} {remedy}".TrimStart() : refusal.ProblemAndAction);
    }

    private static UserMoveOutcome OutcomeOf(CspMigrationException refusal)
    {
        var words = refusal.ServiceDescription ?? "";
        return refusal.ServiceCode == ServiceCodes.NoFreeLicense ? UserMoveOutcome.NoFreeSeat
            : refusal.StatusCode == 404 ? UserMoveOutcome.UserDeleted
            : refusal.ServiceReasons.FirstOrDefault(ByReason.ContainsKey) is { } reason ? ByReason[reason]
            : ByText.FirstOrDefault(known => words.IndexOf(known.Text, StringComparison.OrdinalIgnoreCase) >= 0) is { Text: not null } found ? found.Outcome
            : UserMoveOutcome.Failed;
    }

    /// <summary>The refusal of a user who was read without a usage location, before the update is sent.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfNoUsageLocation()
    {
        return (UserMoveOutcome.NoUsageLocation, $"The user has no usage location. {RemedyFor(UserMoveOutcome.NoUsageLocation)}");
    }

    /// <summary>Why a user is left to the groups that assign the license.</summary>
    /// <param name="groups">Their ids.</param>
    /// <param name="problem">Why they were not changed; null where that was not asked for.</param>
    public static (UserMoveOutcome Outcome, string Reason) OfGroup(IReadOnlyList<GroupId> groups, string? problem = null)
    {
        var names = groups.Count == 1 ? $"the group {groups[0]}" : $"the groups {string.Join(", ", groups)}";
        return (UserMoveOutcome.GroupHeld, $"The license comes from {names}. {problem ?? RemedyFor(UserMoveOutcome.GroupHeld)?.ToString()}");
    }

    /// <summary>A user who still has the license after it was removed from them, through a service that knows no groups.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfUnseenGroup()
    {
        return (UserMoveOutcome.GroupHeld, $"The direct license was replaced, but the user still has the old one, from a group. {Remedies.SeeGroups()}");
    }

    /// <summary>A user to whom a group could not assign a license, and has one directly instead.</summary>
    /// <param name="error">Why the group could not, as the service's word.</param>
    /// <param name="isBack">Whether the group has its old license back, or a new one.</param>
    /// <param name="reason">Why the user cannot have the same license directly, but has the former one; null for the same.</param>
    public static string OfGroupError(string? error, bool isBack, string? reason = null)
    {
        var (assigned, former) = isBack ? ("old", "new") : ("new", "old");
        return $"The group could not assign the {assigned} license ({error}), so {(reason is null ? "it" : $"the {former} one")} is assigned directly. {reason}".TrimEnd();
    }

    /// <summary>What to say of a user who is not there any more, before the update is sent.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfDeletedUser()
    {
        return (UserMoveOutcome.UserDeleted, $"The user has been deleted. {RemedyFor(UserMoveOutcome.UserDeleted)}");
    }

    /// <summary>The refusal of a user for whom a plan has no seat left.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfNoFreeSeat()
    {
        return (UserMoveOutcome.NoFreeSeat, $"No seat of the target is left for the user. {RemedyFor(UserMoveOutcome.NoFreeSeat)}");
    }

    /// <summary>Why a user is not moved to seats that end sooner than what a purchase would give.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfNoLastingSeat()
    {
        return (UserMoveOutcome.NoFreeSeat, $"The free seats of the target are those of a trial or of a subscription that ends: the user would lose the license then. {RemedyFor(UserMoveOutcome.NoFreeSeat)}");
    }

    /// <summary>What to do about a user who was not moved; null where the outcome does not say it.</summary>
    public static Remedy? RemedyFor(UserMoveOutcome outcome)
    {
        return outcome switch
        {
            UserMoveOutcome.NoFreeSeat => Remedies.BuyOrFreeSeats(),
            UserMoveOutcome.UserDeleted => Remedies.RestoreUser(),
            UserMoveOutcome.NoUsageLocation => Remedies.SetLocation(),
            UserMoveOutcome.GroupHeld => Remedies.ChangeGroup(),
            UserMoveOutcome.ConflictingPlans => Remedies.SwitchPlanOff(),
            _ => null,
        };
    }
}
