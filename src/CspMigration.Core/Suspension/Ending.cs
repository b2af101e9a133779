using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Suspension;

/// <summary>How a source ends.</summary>
/// <param name="Outcome">What is reported.</param>
/// <param name="Change">What is sent.</param>
/// <param name="Reason">Why, as a sentence or as the reason that was given.</param>
internal readonly record struct Ending(SuspensionOutcome Outcome, SuspensionChange Change, string Reason);
