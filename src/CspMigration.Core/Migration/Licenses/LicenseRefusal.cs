using System;
using CspMigration.Contracts;
using CspMigration.Core.PartnerCenter.Http;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>Reads from a refused licence update why, and says what to do (API docs §12, "Preconditions").</summary>
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
        var remedy = outcome switch
        {
            UserMoveOutcome.NoFreeSeat => "Buy more seats of the target, or take licences from users who no longer need one.",
            UserMoveOutcome.UserDeleted => "Restore the user if the licence is still needed.",
            UserMoveOutcome.NoUsageLocation => "Give the user a usage location, with Move-UserLicense -UsageLocation.",
            UserMoveOutcome.GroupHeld => "Change the licence of the group it comes from.",
            UserMoveOutcome.ConflictingPlans => "Switch one of the conflicting service plans off for the user.",
            _ => null,
        };
        return (outcome, remedy is null ? refusal.Message : $"{words} {remedy}".TrimStart());

        bool Mentions(string text) => words.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
