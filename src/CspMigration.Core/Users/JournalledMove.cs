using System;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>What the journal says of one user's move. It knows people by their object ids alone.</summary>
internal static class JournalledMove
{
    private const string Again = "Run the same line again.";

    /// <summary>The move an entry is about, as <c>Move-UserLicense</c> told it.</summary>
    public static UserLicenseMove Describe(JournalEntry entry)
    {
        return new UserLicenseMove
        {
            UserId = entry.UserId!,
            Outcome = Outcome(entry),
            Reason = entry.Done == true ? null : entry.Error ?? ReasonWithoutWords(entry),
            SwitchedOffPlans = entry.SwitchedOffPlans ?? [],
        };
    }

    /// <summary>A text for the journal: the user's id in place of the sign-in name.</summary>
    public static string? WithoutName(string? text, User user)
    {
        return text is null || string.IsNullOrEmpty(user.UserPrincipalName)
            ? text
            : Regex.Replace(text, Regex.Escape(user.UserPrincipalName), _ => user.Id, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    // An outcome nobody here knows is that of a later version.
    private static UserMoveOutcome Outcome(JournalEntry entry)
    {
        return entry.Kind == JournalEntryKind.LicenseSettled && Enum.TryParse<UserMoveOutcome>(entry.Outcome, out var outcome) && Enum.IsDefined(typeof(UserMoveOutcome), outcome) ? outcome
            : entry is { Kind: JournalEntryKind.LicenseSettled, Done: true } ? UserMoveOutcome.Moved
            : UserMoveOutcome.Failed;
    }

    // Journals of earlier versions have no more than the service's code, which is 0 for most refusals.
    private static string ReasonWithoutWords(JournalEntry entry)
    {
        return entry.Kind == JournalEntryKind.LicenseIntended ? $"The update was sent, and its outcome is not known. {Again}"
            : entry.Reason is null or "0" ? $"The service refused the update; the journal does not say why. {Again}"
            : $"The service refused the update (code {entry.Reason}). {Again}";
    }
}
