using System;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Http;

namespace CspMigration.Core.Users;

/// <summary>Why a licence update is refused, and what to do (docs/partner-center.md §12, "Preconditions").</summary>
internal static class LicenseRefusal
{
    public static (UserMoveOutcome Outcome, string Reason) Read(CspMigrationException refusal)
    {
        var words = refusal.ServiceDescription ?? "";
        var outcome = refusal.ServiceCode == ServiceCodes.NoFreeLicense ? UserMoveOutcome.NoFreeSeat
            : refusal.StatusCode == 404 ? UserMoveOutcome.UserDeleted
            : Mentions("usage location") ? UserMoveOutcome.NoUsageLocation
            : Mentions("group") ? UserMoveOutcome.GroupHeld
            : Mentions("conflict") ? UserMoveOutcome.ConflictingPlans
            : UserMoveOutcome.Failed;
        return (outcome, RemedyFor(outcome) is { } remedy ? $"{words} {remedy}".TrimStart() : refusal.ProblemAndAction);

        bool Mentions(string text) => words.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    /// <summary>The refusal of a user who was read without a usage location, before the update is sent.</summary>
    public static (UserMoveOutcome Outcome, string Reason) OfNoUsageLocation()
    {
        return (UserMoveOutcome.NoUsageLocation, $"The user has no usage location. {RemedyFor(UserMoveOutcome.NoUsageLocation)}");
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

    private static Remedy? RemedyFor(UserMoveOutcome outcome)
    {
        return outcome switch
        {
            UserMoveOutcome.NoFreeSeat => Remedies.BuyOrFreeSeats(),
            UserMoveOutcome.UserDeleted => Remedies.RestoreUser(),
            UserMoveOutcome.NoUsageLocation => Remedies.GiveLocation(),
            UserMoveOutcome.GroupHeld => Remedies.ChangeGroup(),
            UserMoveOutcome.ConflictingPlans => Remedies.SwitchPlanOff(),
            _ => null,
        };
    }
}
