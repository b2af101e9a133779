using CspMigration.Contracts;

namespace CspMigration.Core.Reporting.Content;

/// <summary>A user who is still on the old license.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="User">The sign-in name, else the object id.</param>
/// <param name="Offer">The old offer.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Reason">Why, and what to do.</param>
internal sealed record UserLeft(string Customer, string User, string Offer, UserMoveOutcome Outcome, string Reason);
