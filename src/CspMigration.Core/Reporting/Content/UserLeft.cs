using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Reporting.Content;

/// <summary>A user who is still on the old license.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="User">The sign-in name, else the object id.</param>
/// <param name="Offer">The old offer.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Reason">Why, and what to do.</param>
/// <param name="Remedy">What to do, where the outcome says it; null for another refusal.</param>
internal sealed record UserLeft(string Customer, string User, string Offer, UserMoveOutcome Outcome, string Reason, Remedy? Remedy)
{
    /// <summary>Why, without what to do and without ids.</summary>
    public string Cause => RemedyAdvice.CauseIn(Reason, Remedy);
}
