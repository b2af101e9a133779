using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>What the journal says of one user's move. It knows people by their object ids alone.</summary>
internal static class LicenseMoveRecord
{
    private const string Again = "Run the same command again.";

    /// <summary>The move an entry is about, as <c>Move-UserLicense</c> wrote it.</summary>
    public static UserLicenseMove Describe(LicenseEntry entry)
    {
        var settled = entry as LicenseSettled;
        return new UserLicenseMove
        {
            UserId = entry.UserId?.ToString() ?? "",
            Outcome = settled?.Outcome ?? (settled is { Done: true } ? UserMoveOutcome.Moved : UserMoveOutcome.Failed),
            Reason = settled switch
            {
                null => $"The update was sent, and its outcome is not known. {Again}",
                { Done: true } => null,
                _ => settled.Error ?? ReasonWithoutWords(settled),
            },
            SwitchedOffPlans = [.. (entry.SwitchedOffPlans ?? []).Select(plan => plan.ToString())],
        };
    }

    /// <summary>The moves of the users who were moved with a group.</summary>
    public static IEnumerable<UserLicenseMove> Describe(GroupSettled entry)
    {
        List<string> switchedOff = [.. (entry.SwitchedOffPlansBySku?.Values.SelectMany(plans => plans) ?? []).Distinct().Select(plan => plan.ToString())];
        return (entry.UserIds ?? []).Select(userId => new UserLicenseMove { UserId = userId.ToString(), Outcome = UserMoveOutcome.Moved, SwitchedOffPlans = switchedOff });
    }

    /// <summary>A text for the journal: the user's id in place of the sign-in name.</summary>
    public static string? WithoutName(string? text, User user)
    {
        return text is null || string.IsNullOrEmpty(user.UserPrincipalName)
            ? text
            : Regex.Replace(text, Regex.Escape(user.UserPrincipalName), _ => user.Id.ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    // Journals of earlier versions have no more than the service's code, which is 0 for most refusals.
    private static string ReasonWithoutWords(LicenseSettled settled)
    {
        return settled.Reason is null or "0" ? $"The service refused the update; the journal does not say why. {Again}"
            : $"The service refused the update (code {settled.Reason}). {Again}";
    }
}
