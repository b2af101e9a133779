using System;
using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Http;

namespace CspMigration.Core.Users;

/// <summary>Why a licence update is refused, and what to do (docs/partner-center.md §12, "Preconditions").</summary>
internal static class LicenseRefusal
{
    public static (UserMoveOutcome Outcome, string Reason) Read(CspMigrationException refusal)
    {
        var words = refusal.ServiceDescription ?? "";
        var outcome = refusal.ServiceCode == ServiceCodes.NoFreeLicense || Mentions("available licenses") || Mentions("CountViolation") ? UserMoveOutcome.NoFreeSeat
            : refusal.StatusCode == 404 ? UserMoveOutcome.UserDeleted
            : Mentions("usage location") ? UserMoveOutcome.NoUsageLocation
            : Mentions("group") ? UserMoveOutcome.GroupHeld
            : Mentions("conflict") || Mentions("mutually exclusive") || Mentions("MutuallyExclusive") ? UserMoveOutcome.ConflictingPlans
            : UserMoveOutcome.Failed;
        return (outcome, Remedy(outcome) is { } remedy ? $"{words} {remedy}".TrimStart() : refusal.ProblemAndAction);

        bool Mentions(string text) => words.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    /// <summary>The refusal of a user who was read without a usage location, before the update is sent.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfNoUsageLocation()
    {
        return (UserMoveOutcome.NoUsageLocation, $"The user has no usage location. {Remedy(UserMoveOutcome.NoUsageLocation)}");
    }

    /// <summary>Why a user is left to the groups that assign the license.</summary>
    /// <param name="groups">Their ids.</param>
    public static (UserMoveOutcome Outcome, string Reason) OfGroup(IReadOnlyList<string> groups)
    {
        var names = groups.Count == 1 ? $"the group {groups[0]}" : $"the groups {string.Join(", ", groups)}";
        return (UserMoveOutcome.GroupHeld, $"The license comes from {names}. {Remedy(UserMoveOutcome.GroupHeld)}");
    }

    /// <summary>What to say of a user who is not there any more, before the update is sent.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfDeletedUser()
    {
        return (UserMoveOutcome.UserDeleted, $"The user has been deleted. {Remedy(UserMoveOutcome.UserDeleted)}");
    }

    /// <summary>The refusal of a user for whom a plan has no seat left.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfNoFreeSeat()
    {
        return (UserMoveOutcome.NoFreeSeat, $"No seat of the target is left for the user. {Remedy(UserMoveOutcome.NoFreeSeat)}");
    }

    /// <summary>Why a user is not moved to seats that end sooner than what a purchase would give.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfNoLastingSeat()
    {
        return (UserMoveOutcome.NoFreeSeat, $"The free seats of the target are those of a trial or of a subscription that ends: the user would lose the license then. {Remedy(UserMoveOutcome.NoFreeSeat)}");
    }

    private static string? Remedy(UserMoveOutcome outcome)
    {
        return outcome switch
        {
            UserMoveOutcome.NoFreeSeat => "Buy more seats of the target, or take licences from users who no longer need one.",
            UserMoveOutcome.UserDeleted => "Restore the user if the licence is still needed.",
            UserMoveOutcome.NoUsageLocation => "Move-UserLicense -UsageLocation gives the user one.",
            UserMoveOutcome.GroupHeld => "Change the licence of the group it comes from.",
            UserMoveOutcome.ConflictingPlans => "Switch one of the conflicting service plans off for the user.",
            _ => null,
        };
    }
}
